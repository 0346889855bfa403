using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ptycho.Samples.Tests.Browser;

/// <summary>The Chrome DevTools protocol: commands with answers, and events.</summary>
internal sealed class DevTools : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly CancellationTokenSource _closed = new();
    private int _last;

    private DevTools() { }

    /// <summary>Told of each event: its method, and its parameters.</summary>
    public event Action<string, JsonNode>? Happened;

    public static async Task<DevTools> Connect(Uri address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, tools._closed.Token);
        _ = Task.Run(tools.Listen);
        return tools;
    }

    /// <summary>Sends a command and returns its result.</summary>
    public async Task<JsonNode> Send(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        if (session is not null)
            message["sessionId"] = session;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, true, _closed.Token);
        var reply = await answer.Task.WaitAsync(Patience);
        return reply["error"] is { } error
            ? throw new InvalidOperationException($"{method}: {error["message"]}")
            : reply["result"]!;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _socket.Dispose();
    }

    private async Task Listen()
    {
        var buffer = new byte[1 << 16];
        while (!_closed.IsCancellationRequested)
        {
            using var message = new MemoryStream();
            try
            {
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), _closed.Token);
                    message.Write(buffer, 0, part.Count);
                } while (!part.EndOfMessage);
            }
            catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
            {
                return;
            }
            if (message.Length == 0)
                return;
            var node = JsonNode.Parse(message.ToArray())!;
            if (node["id"]?.GetValue<int>() is { } id && _waiting.TryRemove(id, out var answer))
                answer.SetResult(node);
            else if (node["method"]?.GetValue<string>() is { } method)
                Happened?.Invoke(method, node["params"]!);
        }
    }
}
