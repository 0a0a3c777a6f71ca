using System.Net;

namespace PyRelationAL.Tests.Downloads;

/// <summary>Answers requests as a publisher's server would, without a network.</summary>
internal sealed class Publisher(Func<Uri, HttpContent?> answer) : HttpMessageHandler
{
    private readonly List<Uri> _requests = [];

    public Publisher(byte[] content)
        : this(_ => new ByteArrayContent(content))
    {
    }

    public IReadOnlyList<Uri> Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_requests)
        {
            _requests.Add(request.RequestUri!);
        }

        HttpContent? content = answer(request.RequestUri!);
        return Task.FromResult(content is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound) { ReasonPhrase = "Not Found" }
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }
}
