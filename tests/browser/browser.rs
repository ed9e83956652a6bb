//! A headless Chromium, driven through chromedriver's HTTP interface (WebDriver).

use crate::server::Server;
use anyhow::{Context, Result, bail, ensure};
use data_encoding::BASE64;
use rustix::process::getuid;
use serde_json::{Value, json};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A test with its name.
pub type Test = (&'static str, fn() -> Result<()>);

/// What Chromium would ask of the network by itself is switched off.
const FLAGS: [&str; 8] = [
    "--headless",
    "--disable-gpu",
    // A container's /dev/shm is small.
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// A browser with one window and a profile of its own; both end with it.
pub struct Browser {
    session: String,
    width: u32,
    _driver: Server,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one whose window is this wide, which may be narrower than a desktop's window can be.
    pub fn start(width: u32) -> Result<Browser> {
        let missing =
            "chromedriver does not start: install Chromium with its driver, on Debian 'apt install chromium-driver'";
        let driver = Server::start(|port| {
            let mut driver = Command::new("chromedriver");
            driver.arg(format!("--port={port}"));
            driver
        });
        let (driver, profile) = (driver.context(missing)?, tempfile::tempdir()?);
        let session = format!("{}/session", driver.address());
        let mut browser = Browser { session, width, _driver: driver, _profile: profile };
        let mut flags = FLAGS.map(String::from).to_vec();
        flags.push(format!("--user-data-dir={}", browser._profile.path().display()));
        flags.extend(getuid().is_root().then(|| "--no-sandbox".into()));
        let wanted = json!({"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}});
        let created = browser.post("", json!({"capabilities": {"alwaysMatch": wanted}})).context("Chromium")?;
        browser.session += &format!("/{}", created["sessionId"].as_str().context("a session without id")?);
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        browser.chrome("Emulation.setDeviceMetricsOverride", size)?;
        Ok(browser)
    }

    fn post(&self, command: &str, body: Value) -> Result<Value> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut response = agent.post(format!("{}{command}", self.session)).send_json(body)?;
        let mut answer: Value = response.body_mut().with_config().limit(1 << 30).read_json()?;
        if !response.status().is_success() {
            bail!("{command}: {}", answer["value"]["message"].as_str().unwrap_or_default().trim());
        }
        Ok(answer["value"].take())
    }

    /// Opens a page.
    pub fn open(&self, address: &str) -> Result<()> {
        self.post("/url", json!({"url": address})).map(drop)
    }

    /// One command of Chromium's own protocol.
    pub fn chrome(&self, command: &str, parameters: Value) -> Result<Value> {
        self.post("/goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    /// Nothing to scroll sideways, and no complaint on the console since the last call.
    pub fn is_well(&self, page: &str) -> Result<()> {
        let (width, wide) = (self.width, self.value("document.documentElement.scrollWidth")?);
        ensure!(wide == width, "{page} is {wide} pixels wide in a window of {width}");
        let log = self.post("/se/log", json!({"type": "browser"}))?;
        let mut complaints = log.as_array().into_iter().flatten().filter(|entry| entry["level"] != "INFO");
        complaints.next().map_or(Ok(()), |complaint| bail!("{page}: {}", complaint["message"]))
    }

    /// What a script returns; of a promise, what it comes to.
    pub fn run(&self, script: &str) -> Result<Value> {
        self.post("/execute/sync", json!({"script": script, "args": []}))
    }

    /// The value of an expression.
    pub fn value(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return {expression}"))
    }

    /// Waits until an expression is true.
    pub fn until(&self, expression: &str, seconds: u64) -> Result<()> {
        let end = Instant::now() + Duration::from_secs(seconds);
        while self.value(expression)? != json!(true) {
            if Instant::now() > end {
                bail!("not true after {seconds} s: {expression}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Presses keys one after the other, as a person does; WebDriver's code points name the special ones.
    pub fn keys(&self, keys: &str) -> Result<()> {
        let press = |key| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let presses: Vec<Value> = keys.chars().flat_map(|key| press(key.to_string())).collect();
        self.post("/actions", json!({"actions": [{"type": "key", "id": "keys", "actions": presses}]})).map(drop)
    }

    /// A picture of the whole page in target/screenshots.
    pub fn screenshot(&self, name: &str) -> Result<()> {
        let size = self.value("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")?;
        // Chromium draws no higher picture.
        let height = size[1].as_u64().unwrap_or_default().min(16000);
        let clip = json!({"x": 0, "y": 0, "width": size[0], "height": height, "scale": 1});
        let shot = self.chrome("Page.captureScreenshot", json!({"captureBeyondViewport": true, "clip": clip}))?;
        let folder = verifier::root().join("target/screenshots");
        std::fs::create_dir_all(&folder)?;
        let bytes = BASE64.decode(shot["data"].as_str().unwrap_or_default().as_bytes())?;
        Ok(std::fs::write(folder.join(format!("{name}.png")), bytes)?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium ends with its session; chromedriver alone, told to end, would leave it behind.
        let _ = ureq::delete(&self.session).call();
    }
}
