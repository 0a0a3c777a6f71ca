using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyRelationAL.Tests.Reports;

/// <summary>
/// A Chromium without a window, driven over its DevTools protocol: pages are opened, measured and clicked as a reader would. One page at a time.
/// </summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(Patience);
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _last;

    private HeadlessBrowser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page's script complained of.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Where the browser is; null where there is none. The variable <c>PYRELATIONAL_BROWSER</c> names another one.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("PYRELATIONAL_BROWSER") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public static async Task<HeadlessBrowser> Start(string path, string profile)
    {
        // A sandbox needs rights that a container does not have; the only page opened is the test's own.
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0",
            "--user-data-dir=" + profile, "about:blank",
        ];
        var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var browser = new HeadlessBrowser(process, profile);
        try
        {
            await browser.Connect();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file and waits until it has been read.</summary>
    public async Task Open(string file)
    {
        await Send("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        while ((string?)await Evaluate("location.href === 'about:blank' ? '' : document.readyState") != "complete")
        {
            await Task.Delay(50, _timeout.Token);
        }
    }

    public Task SetSize(int width, int height) => Send("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });

    public Task SetMedia(string scheme, string medium = "") =>
        Send("Emulation.setEmulatedMedia", new { media = medium, features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    public Task AllowScripts(bool areAllowed) => Send("Emulation.setScriptExecutionDisabled", new { value = !areAllowed });

    /// <summary>What an expression gives, as JSON.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        JsonNode answer = await Send("Runtime.evaluate", new { expression, returnByValue = true });
        return answer["exceptionDetails"] is { } problem ? throw new InvalidOperationException(problem.ToJsonString()) : answer["result"]!["value"];
    }

    public async Task<string[]> Texts(string selector) => JsonSerializer.Deserialize<string[]>(
        await Evaluate($"[...document.querySelectorAll({JsonSerializer.Serialize(selector)})].map(e => e.textContent.trim())"))!;

    /// <summary>Moves the mouse to a point of the page.</summary>
    public Task Move(double x, double y) => Send("Input.dispatchMouseEvent", new { type = "mouseMoved", x, y });

    /// <summary>Clicks the middle of the first element that fits; <paramref name="shift"/> with the key held down.</summary>
    public async Task Click(string selector, bool shift = false)
    {
        JsonNode place = (await Evaluate(
            $"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})" +
            $"(document.querySelector({JsonSerializer.Serialize(selector)}))"))!;
        foreach (string type in new[] { "mousePressed", "mouseReleased" })
        {
            await Send("Input.dispatchMouseEvent", new { type, x = (double)place[0]!, y = (double)place[1]!, button = "left", clickCount = 1, modifiers = shift ? 8 : 0 });
        }
    }

    public async Task Press(string key, int code)
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            await Send("Input.dispatchKeyEvent", new { type, key, code = key, windowsVirtualKeyCode = code, text = key == "Enter" ? "\r" : string.Empty });
        }
    }

    public async Task<byte[]> Screenshot() => Convert.FromBase64String((string)(await Send(
        "Page.captureScreenshot", new { format = "png", captureBeyondViewport = true, clip = await WholePage() }))["data"]!);

    public async Task<byte[]> Print() => Convert.FromBase64String((string)(await Send("Page.printToPDF", new { printBackground = false }))["data"]!);

    public async ValueTask DisposeAsync()
    {
        try
        {
            _session = null;
            await Send("Browser.close");
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // It is gone already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _socket.Dispose();
        _process.Dispose();
        _timeout.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still write there; the folder is the test's own temporary one.
        }
    }

    private async Task Connect()
    {
        const string mark = "DevTools listening on ";
        string line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(_timeout.Token) ?? throw new InvalidOperationException("The browser ended before it listened.");
        }
        while (!line.StartsWith(mark, StringComparison.Ordinal));

        // What nobody reads would stop the browser once the pipe is full.
        _reading = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
        await _socket.ConnectAsync(new Uri(line[mark.Length..]), _timeout.Token);
        JsonNode target = await Send("Target.createTarget", new { url = "about:blank" });
        JsonNode attached = await Send("Target.attachToTarget", new { targetId = (string)target["targetId"]!, flatten = true });
        _session = (string)attached["sessionId"]!;
        await Send("Runtime.enable");
        await Send("Log.enable");
    }

    private async Task<object> WholePage()
    {
        JsonNode size = (await Evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]"))!;
        return new { x = 0, y = 0, width = (double)size[0]!, height = (double)size[1]!, scale = 1 };
    }

    private async Task<JsonNode> Send(string method, object? parameters = null)
    {
        int id = ++_last;
        var message = new Dictionary<string, object?> { ["id"] = id, ["method"] = method, ["params"] = parameters ?? new { } };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _timeout.Token);
        while (true)
        {
            JsonNode answer = await Receive();
            if ((string?)answer["method"] is "Runtime.exceptionThrown" or "Log.entryAdded")
            {
                Complaints.Add(answer.ToJsonString());
            }

            if ((int?)answer["id"] == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
            }
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var whole = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _timeout.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return part.MessageType == WebSocketMessageType.Text
            ? JsonNode.Parse(whole.ToArray())!
            : throw new InvalidOperationException("The browser has closed the connection.");
    }
}
