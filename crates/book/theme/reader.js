"use strict";
{
    // mdBook's button for the contents is a label: it gets a button's role and keys.
    const contents = document.getElementById("mdbook-sidebar-toggle");
    contents.setAttribute("role", "button");
    contents.tabIndex = 0;
    contents.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            contents.click();
        }
    });

    // On a phone the letters in a picture are small: a tap shows it in its own size, scrolled in its frame, and back.
    document.addEventListener("click", event => {
        const picture = event.target.closest(".output:not([data-cell=your-bowl]) :is(img, svg)");
        if (!picture) return;
        const frame = picture.closest(".output");
        frame.classList.toggle("full");
        frame.tabIndex = 0;
    });
}
