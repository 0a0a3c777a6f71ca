using System.IO.Compression;
using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloads;

public sealed class DatasetCacheTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("cache").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task WhatIsMissingIsDownloadedOnceAndThenUsedWithoutANetwork()
    {
        using var publisher = new Publisher(ToyDataset.Content);
        var cache = new DatasetCache(_folder, publisher);
        DownloadedDataset toy = ToyDataset.Of(ToyDataset.File);
        Assert.That((cache.Has(toy.Source.Info), cache.Verify(toy.Source).Single().State), Is.EqualTo((false, CachedFileState.Missing)));

        CachedFile fetched = (await cache.FetchAsync(toy.Source)).Single();
        await cache.FetchAsync(toy.Source);
        Assert.That((fetched.State, fetched.IsUsable, fetched.Sha256), Is.EqualTo((CachedFileState.Verified, true, ToyDataset.File.Sha256)));
        Assert.That(fetched.Path, Is.EqualTo(Path.Combine(_folder, "Toy", "toy.txt")));
        Assert.That(cache.Has(toy.Source.Info), Is.True);
        Assert.That(publisher.Requests, Is.EqualTo(ToyDataset.File.Addresses));

        InMemoryDataset loaded = ToyDataset.Of(ToyDataset.File).Load(cache);
        Assert.That(loaded.Features.Values.ToArray(), Is.EqualTo(new float[] { 1, 2 }));
        Assert.That(loaded.GetLabel(1), Is.EqualTo(Label.OfValue(20)));
        Assert.That(publisher.Requests, Has.Count.EqualTo(1));
        Assert.That(Everything(), Is.EqualTo(new[] { "Toy", "Toy/toy.txt" }));
    }

    [Test]
    public void LoadingDownloadsAndManyAtOnceDownloadOnce()
    {
        using var publisher = new Publisher(ToyDataset.Content);
        var cache = new DatasetCache(_folder, publisher);
        DownloadedDataset toy = ToyDataset.Of(ToyDataset.File);
        var loaded = new InMemoryDataset[8];
        Parallel.For(0, loaded.Length, i => loaded[i] = toy.Load(cache));
        Assert.That(publisher.Requests, Has.Count.EqualTo(1));
        Assert.That(loaded.Select(data => data.Features), Has.All.SameAs(loaded[0].Features));
        loaded[0].SetLabel(0, Label.Missing);
        Assert.That(loaded[1].GetLabel(0).IsMissing, Is.False);
    }

    [Test]
    public void AWrongFileIsNotKept()
    {
        using var publisher = new Publisher("1 10\n2 21\n"u8.ToArray());
        DatasetDownloadException error = FetchFails(publisher, ToyDataset.File);
        Assert.That(error.Message, Does.Contain("not the publisher's file").And.Contain(ToyDataset.Hash("1 10\n2 21\n"u8.ToArray())));
        Assert.That(error.Message, Does.Contain("By hand: get https://publisher.test/toy.txt and put it at '" + Path.Combine(_folder, "Toy", "toy.txt")));
        Assert.That(error.Message, Does.EndWith($"; its SHA-256 is {ToyDataset.File.Sha256}."));
        Assert.That((error.File, error.Path), Is.EqualTo((ToyDataset.File, Path.Combine(_folder, "Toy", "toy.txt"))));
    }

    [Test]
    public void ARefusalAndAMissingNetworkAreErrorsThatSayWhere()
    {
        using var refusing = new Publisher(_ => null);
        Assert.That(FetchFails(refusing, ToyDataset.File).Message, Does.Contain("the server answers 404 Not Found"));
        using var unreachable = new Publisher(_ => throw new HttpRequestException("No such host is known. (publisher.test:443)"));
        Assert.That(FetchFails(unreachable, ToyDataset.File).Message, Does.Contain("No such host is known").And.Contain("By hand"));
    }

    [Test]
    public void ADownloadThatEndsTooEarlyIsNotKept()
    {
        using var publisher = new Publisher(_ =>
        {
            var content = new StreamContent(new MemoryStream(ToyDataset.Content[..4]));
            content.Headers.ContentLength = ToyDataset.Content.Length;
            return content;
        });
        Assert.That(FetchFails(publisher, ToyDataset.File).Message, Does.Contain("ended after 4 of 10 bytes"));
        using var breaking = new Publisher(_ =>
            new StreamContent(new BreakingStream(ToyDataset.Content, () => throw new HttpIOException(HttpRequestError.ResponseEnded, "the line went dead"))));
        Assert.That(FetchFails(breaking, ToyDataset.File).Message, Does.Contain("the line went dead"));
    }

    [Test]
    public void AStoppedDownloadIsNotKept()
    {
        using var stop = new CancellationTokenSource();
        using var publisher = new Publisher(_ => new StreamContent(new BreakingStream(ToyDataset.Content, stop.Cancel)));
        Assert.That(
            async () => await new DatasetCache(_folder, publisher).FetchAsync(ToyDataset.Of(ToyDataset.File).Source, null, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Everything(), Is.Empty);
    }

    [Test]
    public void ACacheFolderThatWasNotThereIsNotThereAfterAFailedDownload()
    {
        string folder = Path.Combine(_folder, "new");
        using var refusing = new Publisher(_ => null);
        Assert.That(
            async () => await new DatasetCache(folder, refusing).FetchAsync(ToyDataset.Of(ToyDataset.File).Source),
            Throws.InstanceOf<DatasetDownloadException>());
        Assert.That(Everything(), Is.Empty);
    }

    [Test]
    public async Task TheNextAddressIsTriedWhereOneFailsOrHasAnotherFile()
    {
        DatasetFile file = ToyDataset.File with
        {
            Addresses = [new("https://gone.test/toy.txt"), new("https://changed.test/toy.txt"), new("https://mirror.test/toy.txt")],
        };
        using var publisher = new Publisher(address => address.Host switch
        {
            "gone.test" => null,
            "changed.test" => new StringContent("moved"),
            _ => new ByteArrayContent(ToyDataset.Content),
        });
        Assert.That((await new DatasetCache(_folder, publisher).FetchAsync(ToyDataset.Of(file).Source)).Single().State, Is.EqualTo(CachedFileState.Verified));
        Assert.That(publisher.Requests.Select(r => r.Host), Is.EqualTo(new[] { "gone.test", "changed.test", "mirror.test" }));
    }

    [Test]
    public async Task AMemberOfAnArchiveIsTakenOut()
    {
        DatasetFile file = ToyDataset.File with { Addresses = [new("https://publisher.test/toy.zip")], ArchiveMember = "data/toy.txt" };
        using var publisher = new Publisher(Zip("data/toy.txt", ToyDataset.Content));
        Assert.That((await new DatasetCache(_folder, publisher).FetchAsync(ToyDataset.Of(file).Source)).Single().State, Is.EqualTo(CachedFileState.Verified));
        Assert.That(Everything(), Is.EqualTo(new[] { "Toy", "Toy/toy.txt" }));
        Directory.Delete(Path.Combine(_folder, "Toy"), recursive: true);

        using var other = new Publisher(Zip("toy.txt", ToyDataset.Content));
        Assert.That(FetchFails(other, file).Message, Does.Contain("no member data/toy.txt").And.Contain("toy.zip (its member data/toy.txt)"));
        using var page = new Publisher("<html>"u8.ToArray());
        FetchFails(page, file);
    }

    [Test]
    public async Task WithoutAHashTheContentsDecide()
    {
        DatasetFile file = ToyDataset.File with { Sha256 = null };
        DownloadedDataset toy = ToyDataset.Of(file);
        foreach (string wrong in new[] { "<html>", "1 10\n", "1 10\n2 20\n3 30\n", "1 10\n2 x\n" })
        {
            using var publisher = new Publisher(Encoding.UTF8.GetBytes(wrong));
            DatasetDownloadException error = FetchFails(publisher, file);
            Assert.That(error.Message, Does.Contain("not the publisher's file").And.Not.Contain("SHA-256"), wrong);
        }

        using var right = new Publisher(ToyDataset.Content);
        var cache = new DatasetCache(_folder, right);
        CachedFile fetched = (await cache.FetchAsync(toy.Source)).Single();
        Assert.That((fetched.State, fetched.IsUsable), Is.EqualTo((CachedFileState.HashUnknown, true)));
        Assert.That(toy.Load(cache).Count, Is.EqualTo(2));

        Put("1 10\n");
        CachedFile damaged = cache.Verify(toy.Source).Single();
        Assert.That(damaged.State, Is.EqualTo(CachedFileState.Damaged));
        Assert.That(damaged.Problem, Is.EqualTo("Toy/toy.txt: there are 1 rows with 1 features; Toy has 2 with 1."));
    }

    [Test]
    public async Task ADamagedFileIsNotUsedAndAFetchReplacesItOnlyByTheRightOne()
    {
        Put("1 10\n");
        DownloadedDataset toy = ToyDataset.Of(ToyDataset.File);
        using var refusing = new Publisher(_ => null);
        Assert.That(
            () => toy.Load(new DatasetCache(_folder, refusing)), Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("404"));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "Toy", "toy.txt")), Is.EqualTo("1 10\n"), "nothing better was had");

        using var publisher = new Publisher(ToyDataset.Content);
        await new DatasetCache(_folder, publisher).FetchAsync(toy.Source);
        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "Toy", "toy.txt")), Is.EqualTo(ToyDataset.Content));
    }

    [Test]
    public async Task FilesThatCameWholeStayWhereAnotherOneFails()
    {
        DatasetFile second = ToyDataset.File with { Path = "Toy/second.txt", Addresses = [new("https://publisher.test/second.txt")] };
        using var publisher = new Publisher(address => address.AbsolutePath == "/toy.txt" ? new ByteArrayContent(ToyDataset.Content) : null);
        var cache = new DatasetCache(_folder, publisher);
        DownloadedDataset toy = ToyDataset.Of(ToyDataset.File, second);
        Assert.That(async () => await cache.FetchAsync(toy.Source), Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("Toy/second.txt"));
        Assert.That(cache.Verify(toy.Source).Select(f => f.State), Is.EqualTo(new[] { CachedFileState.Verified, CachedFileState.Missing }));
        using var whole = new Publisher(ToyDataset.Content);
        await new DatasetCache(_folder, whole).FetchAsync(toy.Source);
        Assert.That(whole.Requests, Is.EqualTo(second.Addresses));
    }

    [Test]
    public void CopiesWithOtherBytesAndTheSameDataAreAccepted()
    {
        byte[] copy = "1 10\r\n2 20\r\n"u8.ToArray();
        using var publisher = new Publisher(copy);
        DatasetFile file = ToyDataset.File with { EqualCopies = [ToyDataset.Hash(copy)] };
        Assert.That(ToyDataset.Of(file).Load(new DatasetCache(_folder, publisher)).GetLabel(1), Is.EqualTo(Label.OfValue(20)));
    }

    [Test]
    public void APackedFileIsComparedUnpacked()
    {
        DatasetFile file = ToyDataset.File with { Path = "Toy/toy.txt.gz", IsUnpackedSha256 = true };
        foreach (CompressionLevel level in new[] { CompressionLevel.Optimal, CompressionLevel.NoCompression })
        {
            byte[] packed = Gzip(ToyDataset.Content, level);
            Assert.That(State(packed), Is.EqualTo(CachedFileState.Verified), level.ToString());
            Assert.That(State(packed[..(packed.Length / 2)]), Is.EqualTo(CachedFileState.Damaged));
        }

        Assert.That(State("1 10"u8.ToArray()), Is.EqualTo(CachedFileState.Damaged));

        CachedFileState State(byte[] bytes)
        {
            string path = Path.Combine(_folder, "packed");
            File.WriteAllBytes(path, bytes);
            return FileHash.Check(file, path, path).State;
        }
    }

    [Test]
    public void AFolderThatCannotBeWrittenIsAnErrorThatNamesTheVariable()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "no folder");
        using var publisher = new Publisher(ToyDataset.Content);
        Assert.That(
            async () => await new DatasetCache(file, publisher).FetchAsync(ToyDataset.Of(ToyDataset.File).Source),
            Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("cannot be written").And.Message.Contains("PYRELATIONAL_CACHE"));
    }

    [Test]
    public async Task ProgressCountsToTheEnd()
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("          \n", 30_000)) + "1 10\n2 20\n");
        DatasetFile file = ToyDataset.File with { Sha256 = ToyDataset.Hash(content) };
        using var publisher = new Publisher(content);
        var reports = new Reports();
        await new DatasetCache(_folder, publisher).FetchAsync(ToyDataset.Of(file).Source, reports);
        Assert.That(reports.All, Has.Count.GreaterThan(2));
        Assert.That(reports.All.Select(r => r.Bytes), Is.Ordered);
        Assert.That(reports.All[^1], Is.EqualTo(new DownloadProgress(file, content.Length, content.Length)));
    }

    [Test]
    public void TheFolderIsTheVariablesOrTheUsersCache()
    {
        string? before = Environment.GetEnvironmentVariable(DatasetCache.EnvironmentVariable);
        try
        {
            Environment.SetEnvironmentVariable(DatasetCache.EnvironmentVariable, _folder);
            Assert.That(new DatasetCache().Folder, Is.EqualTo(_folder));
            Assert.That(
                () => Seeds.Source.Load(),
                Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("Seeds/seeds_dataset.txt is not in the cache")
                    .And.Message.Contains("'pyrelational datasets fetch Seeds'").And.Message.Contains(Path.Combine(_folder, "Seeds", "seeds_dataset.txt"))
                    .And.Message.Contains("https://archive.ics.uci.edu/"));
            Environment.SetEnvironmentVariable(DatasetCache.EnvironmentVariable, string.Empty);
            Assert.That(Path.GetFileName(new DatasetCache().Folder), Is.EqualTo("PyRelationAL.Net"));
            Assert.That(Path.IsPathFullyQualified(new DatasetCache().Folder), Is.True);
        }
        finally
        {
            Environment.SetEnvironmentVariable(DatasetCache.EnvironmentVariable, before);
        }
    }

    [Test]
    public void ShippedAndGeneratedDataHaveNothingToFetch()
    {
        using var publisher = new Publisher(_ => null);
        var cache = new DatasetCache(_folder, publisher);
        Assert.That(async () => await cache.FetchAsync(Iris.Source), Is.Empty);
        Assert.That((cache.Has(Iris.Source.Info), cache.Verify(SynthReg1.Source).Count, publisher.Requests.Count), Is.EqualTo((true, 0, 0)));
    }

    [Test]
    public async Task ARealServerIsAsked()
    {
        await using var server = new LocalServer(name => name == "toy.txt" ? ToyDataset.Content : null);
        DatasetFile file = ToyDataset.File with { Addresses = [new(server.Address + "gone.txt"), new(server.Address + "toy.txt")] };
        CachedFile fetched = (await new DatasetCache(_folder).FetchAsync(ToyDataset.Of(file).Source)).Single();
        Assert.That(fetched.State, Is.EqualTo(CachedFileState.Verified));
    }

    private static byte[] Zip(string member, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry(member).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content, CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    private DatasetDownloadException FetchFails(HttpMessageHandler publisher, DatasetFile file)
    {
        var cache = new DatasetCache(_folder, publisher);
        DatasetDownloadException error = Assert.ThrowsAsync<DatasetDownloadException>(async () => await cache.FetchAsync(ToyDataset.Of(file).Source))!;
        Assert.That(Everything(), Is.Empty, "nothing half-written, and no empty folder");
        return error;
    }

    private void Put(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Toy"));
        File.WriteAllText(Path.Combine(_folder, "Toy", "toy.txt"), text);
    }

    private string[] Everything() =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(_folder, entry).Replace('\\', '/')),
    ];

    private sealed class Reports : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public void Report(DownloadProgress value) => All.Add(value);
    }

    /// <summary>Gives half of its bytes, then something happens.</summary>
    private sealed class BreakingStream(byte[] content, Action inTheMiddle) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length / 2)
            {
                inTheMiddle();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return base.ReadAsync(buffer[..Math.Min(buffer.Length, (int)Length / 2)], cancellationToken);
        }
    }
}
