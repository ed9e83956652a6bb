//! A headless Chromium, driven through chromedriver's HTTP interface (WebDriver).

use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use rustix::process::{Pid, Signal, getuid, kill_process};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

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
    driver: Child,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one.
    pub fn start() -> Result<Browser> {
        let profile = tempfile::tempdir()?;
        let missing =
            "chromedriver does not start: install Chromium with its driver, on Debian 'apt install chromium-driver'";
        let driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = driver.context(missing)?;
        let lines = BufReader::new(driver.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let mut ports =
            lines.filter_map(|line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()));
        let port = ports.next().context("chromedriver names no port")?;
        let session = format!("http://127.0.0.1:{port}/session");
        let mut browser = Browser { driver, session, _profile: profile };
        let mut flags = FLAGS.map(String::from).to_vec();
        flags.push(format!("--user-data-dir={}", browser._profile.path().display()));
        flags.extend(getuid().is_root().then(|| "--no-sandbox".into()));
        let wanted = json!({"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}});
        let created = browser.post("", json!({"capabilities": {"alwaysMatch": wanted}})).context("Chromium")?;
        browser.session += &format!("/{}", created["sessionId"].as_str().context("a session without id")?);
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

    /// Makes the window this wide, also narrower than a desktop's window can be.
    pub fn width(&self, width: u32) -> Result<()> {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        self.chrome("Emulation.setDeviceMetricsOverride", size).map(drop)
    }

    /// What the console has complained about since the last call.
    pub fn complaints(&self) -> Result<Vec<String>> {
        let log = self.post("/se/log", json!({"type": "browser"}))?;
        let of = |entry: &Value| Some(entry["message"].as_str()?.to_owned()).filter(|_| entry["level"] != "INFO");
        Ok(log.as_array().into_iter().flatten().filter_map(of).collect())
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
        let _ = kill_process(Pid::from_child(&self.driver), Signal::TERM);
        let _ = self.driver.wait();
    }
}
