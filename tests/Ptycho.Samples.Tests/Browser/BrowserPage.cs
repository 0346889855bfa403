using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Ptycho.Samples.Tests.Browser;

/// <summary>One page in Chromium, with everything that went wrong on it.</summary>
internal sealed class BrowserPage
{
    private readonly DevTools _tools;
    private readonly string _session;
    private TaskCompletionSource _loaded = new();

    private BrowserPage(DevTools tools, string session)
    {
        (_tools, _session) = (tools, session);
        tools.Happened += Note;
    }

    /// <summary>Script errors, refused loads and other complaints of the console.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Addresses that were asked for, but for those within the page.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<BrowserPage> Open(DevTools tools)
    {
        var target = await tools.Send("Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await tools.Send(
            "Target.attachToTarget",
            new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }
        );
        var page = new BrowserPage(tools, attached["sessionId"]!.GetValue<string>());
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
            await page.Send($"{domain}.enable");
        return page;
    }

    /// <summary>The window: its width, and whether the user likes it dark.</summary>
    public async Task Show(int width, bool dark)
    {
        await Send(
            "Emulation.setDeviceMetricsOverride",
            new()
            {
                ["width"] = width,
                ["height"] = 900,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = width < 600,
            }
        );
        await Send(
            "Emulation.setEmulatedMedia",
            new()
            {
                ["features"] = new JsonArray(
                    new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }
                ),
            }
        );
    }

    public async Task Load(string path)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send("Page.navigate", new() { ["url"] = new Uri(Path.GetFullPath(path)).AbsoluteUri });
        await _loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The value of a script's expression.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        var answer = await Send("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } wrong
            ? throw new InvalidOperationException(wrong.ToJsonString())
            : answer["result"]!["value"];
    }

    public async Task Press(string key, int code)
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
            await Send(
                "Input.dispatchKeyEvent",
                new()
                {
                    ["type"] = type,
                    ["key"] = key,
                    ["code"] = key,
                    ["windowsVirtualKeyCode"] = code,
                }
            );
    }

    /// <summary>The whole page as a PNG.</summary>
    public async Task<byte[]> Picture()
    {
        var answer = await Send(
            "Page.captureScreenshot",
            new() { ["format"] = "png", ["captureBeyondViewport"] = true }
        );
        return Convert.FromBase64String(answer["data"]!.GetValue<string>());
    }

    private Task<JsonNode> Send(string method, JsonObject? parameters = null) =>
        _tools.Send(method, parameters, _session);

    private void Note(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Runtime.exceptionThrown":
                Errors.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.GetValue<string>() is "error" or "warning":
                Errors.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Log.entryAdded":
                Errors.Enqueue(parameters["entry"]!["text"]!.GetValue<string>());
                break;
            case "Network.requestWillBeSent"
                when parameters["request"]!["url"]!.GetValue<string>() is var url
                    && !url.StartsWith("data:", StringComparison.Ordinal):
                Requests.Enqueue(url);
                break;
        }
    }
}
