using System.Net;

namespace PyRelationAL.Tests.Downloads;

/// <summary>A server on this machine that gives files by name, and 404 where there is none.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public LocalServer(Func<string, byte[]?> fileOf)
    {
        (_listener, Address) = Listen();
        _serving = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    await AnswerAsync(await _listener.GetContextAsync(), fileOf);
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        });
    }

    /// <summary>Where the files are, with a slash at the end.</summary>
    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (int port = 49200; ; port++)
        {
            string address = $"http://localhost:{port}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (port < 49300)
            {
                listener.Close();
            }
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context, Func<string, byte[]?> fileOf)
    {
        using HttpListenerResponse response = context.Response;
        if (fileOf(context.Request.Url!.AbsolutePath[1..]) is { } content)
        {
            response.ContentLength64 = content.Length;
            await response.OutputStream.WriteAsync(content);
        }
        else
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
        }
    }
}
