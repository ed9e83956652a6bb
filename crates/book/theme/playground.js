"use strict";
// Hands what is typed to the crate `playground`, and puts what it gives in its place. No formula stands here.
{
    const forms = [...document.querySelectorAll("form.play")];

    /** Where the parts of a form's widget go: its own sentence, and the outputs of cells. */
    const places = form => {
        const outputs = form.dataset.into.split(" ").map(cell => document.querySelector(`.output[data-cell="${cell}"]`));
        return [form.querySelector("output"), ...outputs].filter(place => place !== null);
    };

    const fields = form => [...form.elements].filter(field => ["INPUT", "SELECT"].includes(field.tagName));

    const show = form => {
        const into = places(form);
        form.querySelectorAll("input[type=range]").forEach(slider => { slider.nextElementSibling.textContent = slider.value; });
        try {
            wasm_bindgen.show(form.dataset.widget, fields(form).map(field => field.value))
                .forEach((part, i) => { into[i].innerHTML = part; });
            form.classList.remove("refused");
        } catch (sentence) {
            if (typeof sentence !== "string") throw sentence;
            into[0].textContent = sentence;
            form.classList.add("refused");
        }
        // What stands there still belongs to the values before.
        into.slice(1).forEach(place => place.classList.toggle("stale", form.classList.contains("refused")));
    };

    /** Where a reader points in the bowl's picture, its descents start. */
    const pointed = (form, picture, event) => {
        const { left, top, width, height } = picture.getBoundingClientRect();
        const spot = [(event.clientX - left) / width, (event.clientY - top) / height].map(String);
        const values = fields(form).map(field => field.value);
        wasm_bindgen.show("start", [...values, ...spot]).forEach((w, i) => { fields(form)[i].value = w; });
        show(form);
    };

    /** A button plays the slider before it; or moves it by one step, where nothing shall move by itself. */
    const play = (form, button) => {
        const slider = button.previousElementSibling.control;
        const says = form.querySelector("output");
        const still = matchMedia("(prefers-reduced-motion: reduce)");
        let timer = null;
        const ended = () => slider.value === slider.max;
        const rest = () => {
            clearTimeout(timer);
            timer = null;
            says.ariaLive = "polite";
            button.textContent = still.matches ? "One step" : ended() ? "Play" : "Go on";
        };
        const to = value => {
            slider.value = value;
            show(form);
            if (still.matches || ended()) rest();
            else timer = setTimeout(() => to(slider.valueAsNumber + Number(slider.step)), 60);
        };
        button.addEventListener("click", () => {
            if (timer !== null) return rest();
            const anew = button.textContent === "Play" || ended();
            button.textContent = "Pause";
            // What runs past is not read aloud; what it comes to is.
            says.ariaLive = "off";
            to(anew ? slider.min : slider.valueAsNumber + Number(slider.step));
        });
        form.addEventListener("input", () => timer !== null && rest());
        still.addEventListener("change", rest);
        if (still.matches) rest();
    };

    const start = form => {
        // Once for a picture of the screen, however often an event comes.
        let waits = false;
        const soon = () => {
            if (waits) return;
            waits = true;
            requestAnimationFrame(() => { waits = false; show(form); });
        };
        if (form.dataset.widget !== "check") form.addEventListener("input", soon);
        form.querySelectorAll("button[type=button]").forEach(button => play(form, button));
        form.addEventListener("submit", event => { event.preventDefault(); show(form); });
        if (form.dataset.widget === "bowl") {
            const place = places(form)[1];
            const point = event => event.buttons === 1 && pointed(form, place.firstElementChild, event);
            place.addEventListener("pointerdown", point);
            place.addEventListener("pointermove", point);
        }
        form.querySelector("fieldset").disabled = false;
    };

    // The module is some hundred kilobytes: it comes when the page stands.
    if (forms.length > 0 && !location.pathname.endsWith("/print.html")) {
        const script = document.createElement("script");
        script.src = new URL("playground-module.js", document.currentScript.src);
        script.onload = async () => { await wasm_bindgen.started; forms.forEach(start); };
        document.body.append(script);
    }
}
