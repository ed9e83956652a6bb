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
}
