using System.IO.Compression;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>One file from the network into a temporary file, and nothing else: the cache is not touched.</summary>
internal sealed class FileDownload(HttpClient client, IProgress<DownloadProgress>? progress)
{
    private const int BufferSize = 1 << 16;

    /// <summary>A server that sends nothing for so long has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Downloads a file from the first address that has it.</summary>
    /// <returns>What came, with its hash compared.</returns>
    /// <exception cref="DatasetDownloadException">No address has it.</exception>
    public async Task<CachedFile> SaveAsync(DatasetFile file, string temporary, string destination, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        Exception? cause = null;
        foreach (Uri address in file.Addresses)
        {
            try
            {
                CachedFile saved = await SaveFromAsync(address, file, temporary, destination, cancellationToken).ConfigureAwait(false);
                if (saved.IsUsable)
                {
                    return saved;
                }

                problems.Add($"{address}: what came is not the publisher's file: {saved.Problem}");
            }
            catch (Exception e) when (IsOfTheNetwork(e, cancellationToken))
            {
                cause = e;
                problems.Add($"{address}: {(e is OperationCanceledException ? "the server does not answer" : e.Message.TrimEnd('.'))}");
            }
        }

        throw new DatasetDownloadException($"{file.Path} could not be downloaded. {string.Join("; ", problems)}.", file, destination, cause);
    }

    private static bool IsOfTheNetwork(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or HttpIOException or InvalidDataException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static void TakeMember(string archive, string member, string destination)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        ZipArchiveEntry entry = zip.GetEntry(member) ?? throw new InvalidDataException($"the archive has no member {member}");
        entry.ExtractToFile(destination, overwrite: true);
    }

    private async Task<CachedFile> SaveFromAsync(
        Uri address, DatasetFile file, string temporary, string destination, CancellationToken cancellationToken)
    {
        if (file.ArchiveMember is null)
        {
            await ReceiveAsync(address, file, temporary, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            string archive = temporary + ".zip";
            await ReceiveAsync(address, file, archive, cancellationToken).ConfigureAwait(false);
            TakeMember(archive, file.ArchiveMember, temporary);
        }

        return FileHash.Check(file, temporary, destination);
    }

    private async Task ReceiveAsync(Uri address, DatasetFile file, string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using HttpResponseMessage response =
            await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(Invariant($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}"));
        }

        long? total = response.Content.Headers.ContentLength;
        long received = 0;
        using Stream source = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        byte[] buffer = new byte[BufferSize];
        while (true)
        {
            patience.CancelAfter(Patience);
            int count = await source.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            received += count;
            progress?.Report(new DownloadProgress(file, received, total));
        }

        if (total is { } expected && received != expected)
        {
            throw new HttpRequestException(Invariant($"the download ended after {received} of {expected} bytes"));
        }
    }
}
