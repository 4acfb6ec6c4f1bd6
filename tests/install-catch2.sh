# Sourced by tests/run: makes Catch2 3 available to the C++ tests.

catch2_is_installed() {
    dpkg-query -W -f='${Status} ${Version}\n' libcatch2-dev 2>/dev/null | grep -q '^install ok installed 3\.'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -- "$@"; fi
}

# The machine's own deb822 entry of a suite, rewritten for its backports; nothing if there is none.
deb822_backports() { # $1: codename
    awk -v RS= -v suite="$1" '/(^|\n)Types:[^\n]*deb/ && $0 ~ "\nSuites:[^\n]* ?" suite "( |\n|$)" {
        gsub(/\nSuites:[^\n]*/, "\nSuites: " suite "-backports"); print; exit }' \
        /etc/apt/sources.list.d/*.sources 2>/dev/null
}

# The same for the one-line form.
one_line_backports() { # $1: codename
    awk -v suite="$1" '$1 == "deb" {
        for (i = 2; i <= NF; i++) if ($i == suite) { $i = suite "-backports"; print; exit } }' \
        /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null
}

enable_backports() { # $1: codename
    local list=/etc/apt/sources.list.d/$1-backports.sources entry
    [ -e "$list" ] && return
    entry=$(deb822_backports "$1") || true
    if [ -z "$entry" ]; then
        list=/etc/apt/sources.list.d/$1-backports.list
        entry=$(one_line_backports "$1") || true
    fi
    [ -n "$entry" ] && printf '%s\n' "$entry" | as_root tee "$list" >/dev/null
}

install_catch2() {
    local codename
    catch2_is_installed && return
    if ! command -v apt-get >/dev/null; then
        # Elsewhere CMake looks for an installed Catch2 3 and clones it if there is none.
        return 0
    fi
    as_root apt-get update -qq
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    case $(apt-cache policy libcatch2-dev | sed -n 's/ *Candidate: //p') in
        3.*) as_root apt-get install -y -qq libcatch2-dev ;;
        *) enable_backports "$codename" && as_root apt-get update -qq &&
            as_root apt-get install -y -qq -t "$codename-backports" libcatch2-dev ;;
    esac
}
