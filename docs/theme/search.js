// Opened as a file, a page must not read other files, so that results come without excerpts of their pages.
if (window.location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
