// What a page gains when scripts run. Without them everything is there but the
// live charts, the downloads and the switch to a dark page.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  // Specifications and data stand in the page compressed.
  function unpack(element) {
    var bytes = Uint8Array.from(atob(element.textContent.trim()), function (c) { return c.charCodeAt(0); });
    var plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).text();
  }

  // The runtime too; the page's policy allows exactly its text and no other.
  var runtime = null;
  function vega() {
    var own = document.querySelector("script.vega");
    runtime = runtime || (own ? unpack(own).then(function (text) {
      var script = document.createElement("script");
      script.textContent = text;
      document.head.append(script);
    }) : Promise.resolve());
    return runtime;
  }

  // Live charts -----------------------------------------------------------------
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  function tell(handler, event, item, value) {
    if (!value || typeof value !== "object") { tip.hidden = true; return; }
    var list = document.createElement("dl");
    Object.entries(value).forEach(function (pair) {
      var name = document.createElement("dt"), text = document.createElement("dd");
      name.textContent = pair[0];
      text.textContent = pair[1];
      list.append(name, text);
    });
    tip.replaceChildren(list);
    tip.hidden = false;
    var left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    var top = event.clientY + 14;
    if (top + tip.offsetHeight > innerHeight) top = event.clientY - tip.offsetHeight - 14;
    tip.style.left = Math.max(left, 4) + "px";
    tip.style.top = Math.max(top, 4) + "px";
  }

  function recolour(svg) {
    // Dark pages recolour by the same rules as the still drawing, in the style sheet.
    svg.querySelectorAll("title").forEach(function (t) { t.remove(); });
    svg.setAttribute("focusable", "false");
  }

  // A report has its specifications in one piece: alike as they are, they shrink
  // to half of what they would take one by one.
  var bundle = null;
  function specification(article) {
    var own = article.querySelector("script.spec");
    if (own) return unpack(own).then(JSON.parse);
    var all = document.querySelector("script.specs");
    bundle = bundle || (all ? unpack(all).then(JSON.parse) : Promise.resolve({}));
    return bundle.then(function (known) { return known[article.id]; });
  }

  function enliven(article) {
    var live = article.querySelector(".live"), still = article.querySelector(".still");
    if (!live) return;
    var options = {
      actions: false, renderer: "svg", ast: true, defaultStyle: false, tooltip: tell
    };
    vega().then(function () { return specification(article); }).then(function (spec) {
      if (!window.vegaEmbed || !spec) throw new Error("nothing to draw with");
      live.hidden = false;
      still.hidden = true;
      return vegaEmbed(live, spec, options);
    }).then(function () {
      var svg = live.querySelector("svg");
      if (svg) recolour(svg);
    }).catch(function () {
      live.hidden = true;
      still.hidden = false;
    });
  }

  var articles = Array.from(document.querySelectorAll("article.figure"));
  if ("IntersectionObserver" in window) {
    var near = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting) return;
        near.unobserve(one.target);
        enliven(one.target);
      });
    }, { rootMargin: "600px 0px" });
    articles.forEach(function (article) { near.observe(article); });
  }
  addEventListener("scroll", function () { tip.hidden = true; }, { passive: true });

  // Downloads and links ----------------------------------------------------------
  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function drawing(article) {
    var svg = article.querySelector(".still svg").cloneNode(true);
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return svg;
  }

  function asSvg(svg) {
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  }

  function asPng(svg, done) {
    var faces = document.querySelector("style.faces");
    if (faces) {
      var style = document.createElementNS("http://www.w3.org/2000/svg", "style");
      style.textContent = faces.textContent;
      svg.prepend(style);
    }
    var box = svg.viewBox.baseVal, twice = 2, image = new Image();
    var address = URL.createObjectURL(asSvg(svg));
    image.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = box.width * twice;
      canvas.height = box.height * twice;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(done, "image/png");
    };
    image.src = address;
  }

  var acts = {
    link: function (article, say) {
      var address = location.href.split("#")[0] + "#" + article.id;
      if (!navigator.clipboard) { location.hash = article.id; say("The link is in the address bar."); return; }
      navigator.clipboard.writeText(address).then(
        function () { say("Link copied."); },
        function () { location.hash = article.id; say("The link is in the address bar."); }
      );
    },
    svg: function (article, say) {
      save(asSvg(drawing(article)), article.dataset.name + ".svg");
      say("Saved as SVG.");
    },
    png: function (article, say) {
      asPng(drawing(article), function (blob) {
        save(blob, article.dataset.name + ".png");
        say("Saved as PNG.");
      });
    },
    csv: function (article, say) {
      unpack(article.querySelector("script.csv")).then(function (text) {
        save(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), article.dataset.name + ".csv");
        say("Saved as CSV.");
      });
    }
  };

  function part(kind, words, hidden) {
    var made = document.createElement(kind);
    made.append(words);
    if (hidden) made.className = "hidden";
    return made;
  }

  function button(act, before, words, after) {
    var made = part("button", "");
    made.type = "button";
    made.dataset.act = act;
    if (before) made.append(part("span", before, true));
    made.append(words, part("span", after, true));
    return made;
  }

  articles.forEach(function (article) {
    var title = article.dataset.title;
    if (!title || !article.querySelector(".still svg")) return;
    var bar = part("div", ""), said = part("span", ""), label = part("span", "Download");
    bar.className = "actions";
    said.className = "said";
    said.setAttribute("role", "status");
    label.className = "quiet";
    label.setAttribute("aria-hidden", "true");
    bar.append(button("link", "", "Copy link", " to: " + title), label);
    ["svg", "png", "csv"].forEach(function (kind) {
      bar.append(button(kind, "Download ", kind.toUpperCase(), " of: " + title));
    });
    bar.append(said);
    article.querySelector("figure").after(bar);
    bar.addEventListener("click", function (event) {
      var pressed = event.target.closest("button[data-act]");
      if (pressed) acts[pressed.dataset.act](article, function (text) { said.textContent = text; });
    });
  });

  // An address that is passed on says what was chosen, and not what was left alone.
  document.querySelectorAll("form.scope").forEach(function (form) {
    form.addEventListener("formdata", function (event) {
      Array.from(event.formData.entries()).forEach(function (pair) {
        if (pair[1] === "") event.formData.delete(pair[0]);
      });
    });
  });

  // On a telephone charts scroll sideways, by keyboard too.
  var narrow = matchMedia("(max-width: 40rem)");
  function reachable() {
    document.querySelectorAll(".chart").forEach(function (chart) {
      if (narrow.matches) chart.tabIndex = 0;
      else chart.removeAttribute("tabindex");
    });
  }
  narrow.addEventListener("change", reachable);
  reachable();

  // Dark and light ---------------------------------------------------------------
  var theme = document.querySelector("[data-act=theme]");
  if (theme) {
    theme.parentElement.hidden = false;
    var press = function () { theme.setAttribute("aria-pressed", String(isDark())); };
    theme.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("skillmix-theme", root.dataset.theme); } catch (refused) { /* for this visit only */ }
      press();
    });
    dark.addEventListener("change", press);
    press();
  }

  // Where the reader is, in the contents -------------------------------------------
  var links = new Map();
  document.querySelectorAll(".contents a[href^='#']").forEach(function (a) { links.set(a.hash.slice(1), a); });
  if (links.size && "IntersectionObserver" in window) {
    var here = null;
    var place = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        var link = one.isIntersecting && links.get(one.target.id);
        if (!link || link === here) return;
        if (here) here.removeAttribute("aria-current");
        here = link;
        here.setAttribute("aria-current", "location");
      });
    }, { rootMargin: "-10% 0px -75% 0px" });
    links.forEach(function (link, id) {
      var target = document.getElementById(id);
      if (target) place.observe(target);
    });
  }

  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var folded = target && target.closest("details");
    if (folded) { folded.open = true; target.scrollIntoView(); }
  }
  addEventListener("hashchange", unfold);
  unfold();
})();
