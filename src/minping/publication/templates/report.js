(function () {
  "use strict";
  var root = document.documentElement;
  var titles = { zh: document.title, en: document.title };
  var meta = document.querySelector('meta[name="title-other"]');
  titles[root.dataset.lang === "zh" ? "en" : "zh"] = meta ? meta.content : document.title;

  function show(lang) {
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.dataset.lang = lang;
    document.title = titles[lang];
    document.querySelectorAll("svg[role=img]").forEach(function (drawing) {
      var ids = drawing.getAttribute("aria-labelledby");
      drawing.setAttribute("aria-labelledby", ids.replace(/-(zh|en)( |$)/g, "-" + lang + "$2"));
      var title = drawing.querySelector("title[lang|=" + lang + "]");
      if (title) drawing.insertBefore(title, drawing.firstChild);
    });
  }

  document.querySelectorAll(".switch input").forEach(function (input) {
    input.addEventListener("change", function () { if (input.checked) show(input.value); });
    if (input.checked && input.value !== root.dataset.lang) show(input.value);
  });

  function reveal() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    var target = id && document.getElementById(id);
    if (!target) return;
    var inner = target.querySelector(":scope > details");
    if (inner) inner.open = true;
    for (var at = target.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  var find = document.querySelector(".find");
  if (find) {
    var box = find.querySelector("input"), said = find.querySelector("output");
    find.hidden = false;
    box.addEventListener("input", function () {
      var wanted = box.value.trim().toLowerCase(), shown = 0;
      document.querySelectorAll("#results .ranking").forEach(function (page) {
        var here = 0;
        page.querySelectorAll("tbody tr").forEach(function (row) {
          var fits = !wanted || row.firstElementChild.textContent.toLowerCase().indexOf(wanted) >= 0;
          row.hidden = !fits;
          if (fits) here += 1;
        });
        shown += here;
        var fold = page.querySelector(":scope > details.pages");
        if (fold) { fold.hidden = here === 0; fold.open = wanted ? here > 0 : fold.dataset.first === "1"; }
        page.querySelectorAll(".drawing").forEach(function (drawing) { drawing.style.display = wanted ? "none" : ""; });
      });
      said.textContent = wanted ? String(shown) : "";
    });
  }

  var opened = [];
  addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("details"), function (one) { return !one.open; });
    opened.forEach(function (one) { one.open = true; });
  });
  addEventListener("afterprint", function () { opened.forEach(function (one) { one.open = false; }); });
})();
