// Before the page is painted: a reader's own choice of light or dark, if any.
(function () {
  try {
    var chosen = localStorage.getItem("skillmix-theme");
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch (refused) {
    // A page opened from a folder may have no storage: the system's choice holds.
  }
})();
