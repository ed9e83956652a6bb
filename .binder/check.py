"""Starts the kernel that pages ask for, and fails if it compiles anything but cells, or runs none."""

from jupyter_client.manager import start_new_kernel

LOG = """println!("{}", std::fs::read_to_string(
    std::path::Path::new(&std::env::var("EVCXR_TMPDIR").unwrap()).with_file_name("log")).unwrap());"""

printed = []
manager, client = start_new_kernel(kernel_name="rust", startup_timeout=300)
try:
    for code in ("use update_rules::Adagrad;\nlet sigma = 12.5f64.sqrt();", 'println!("{sigma:.4}");', LOG):
        client.execute_interactive(code, timeout=120, output_hook=lambda message: printed.append(message["content"]))
finally:
    client.stop_channels()
    manager.shutdown_kernel()
text = "".join(content.get("text", "") for content in printed)
compiled = [line for line in text.splitlines() if "Compiling" in line and " ctx " not in line]
assert "3.5355" in text, f"no result: {printed}"
assert not compiled, compiled
