"""What results hold: mappings and arrays that cannot be changed, also after a result was pickled or copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import numpy as np

Key = TypeVar("Key")
Item = TypeVar("Item", covariant=True)


class ReadOnly(Mapping[Key, Item]):
    """The items of another mapping, in its order. Unlike types.MappingProxyType it can be pickled and copied."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[Key, Item]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: Key) -> Item:
        return self._items[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(self._items)


class ReadOnlyResult:
    """A result whose arrays stay read-only in copies."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for value in state.values():
            for array in value.values() if isinstance(value, Mapping) else (value,):
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False
