using System.Net;
using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

/// <summary><c>datasets fetch</c> and <c>datasets verify</c>, and <c>bench</c> on what they leave.</summary>
public sealed class DatasetFilesTests
{
    private string? _before;
    private string _cache = string.Empty;
    private string _results = string.Empty;

    [SetUp]
    public void UseACacheOfItsOwn()
    {
        _before = Environment.GetEnvironmentVariable(DatasetCache.EnvironmentVariable);
        string folder = ToolRun.TemporaryFolder();
        (_cache, _results) = (Path.Combine(folder, "cache"), Path.Combine(folder, "bench"));
        Environment.SetEnvironmentVariable(DatasetCache.EnvironmentVariable, _cache);
    }

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable(DatasetCache.EnvironmentVariable, _before);

    [Test]
    public void AFetchThatFailsSaysWhatToDoByHandAndGoesOn()
    {
        using var publisher = new Server(_ => null);
        ToolRun run = ToolRun.Of(publisher, "datasets", "fetch", "seeds", "Iris", "Yacht");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.ErrorLines, Has.Length.EqualTo(2));
        Assert.That(run.ErrorLines[0], Does.StartWith("Seeds/seeds_dataset.txt could not be downloaded.").And.Contain("404 Not Found"));
        Assert.That(run.ErrorLines[0], Does.Contain($"put it at '{Path.Combine(_cache, "Seeds", "seeds_dataset.txt")}'"));
        Assert.That(run.ErrorLines[1], Does.StartWith("Yacht/"));
        Assert.That(run.Output, Does.Contain("shipped").And.Contain("missing").And.Contain("Cache: " + _cache));
        Assert.That(_cache, Does.Not.Exist);
    }

    [Test]
    public void AFetchedDatasetIsVerifiedTakenByBenchAndNotFetchedAgain()
    {
        byte[] seeds = File.ReadAllBytes(SharedData.Path("original/seeds_dataset.txt"));
        using var publisher = new Server(_ => new ByteArrayContent(seeds));
        ToolRun fetch = ToolRun.Of(publisher, "datasets", "fetch", "Seeds", "--json");
        Assert.That(fetch.ExitCode, Is.Zero, fetch.Error);
        Assert.That(fetch.Error, Is.EqualTo("Seeds/seeds_dataset.txt: 0.01 MB" + Environment.NewLine));
        JsonElement row = JsonDocument.Parse(fetch.Output).RootElement.EnumerateArray().Single();
        Assert.That(row.GetProperty("state").GetString(), Is.EqualTo("verified"));
        Assert.That(row.GetProperty("path").GetString(), Does.Exist);
        Assert.That(ToolRun.Of(publisher, "datasets", "fetch", "SEEDS").ExitCode, Is.Zero);
        Assert.That(publisher.Count, Is.EqualTo(1));

        Assert.That(ToolRun.Of("datasets", "verify").Output, Does.Contain("Seeds").And.Contain("verified").And.Not.Contain("Yacht"));
        Assert.That(ToolRun.Of("datasets", "info", "Seeds").Output, Does.Contain("rows of class Rosa").And.Contain("cached"));
        ToolRun bench = ToolRun.Of(
            "bench", "--dataset", "Seeds,Glass", "--paper-compatible", "--model", "LogisticRegression", "--queries", "2", "--seeds", "1", "--out", _results);
        Assert.That(bench.ExitCode, Is.Zero, bench.Error);
        Assert.That(
            new ExperimentFolder(_results).ReadResults().Runs.Select(r => r.Spec.Dataset).Distinct(),
            Is.EquivalentTo(new[] { "Seeds (paper)", "Glass (paper)" }));
        Assert.That(new ExperimentFolder(_results).ReadManifest()!.Command, Does.Contain("--dataset Seeds,Glass --paper-compatible "));
    }

    [Test]
    public void ADamagedFileIsReportedByVerifyAndRefusedByBench()
    {
        string path = Path.Combine(_cache, "Seeds", "seeds_dataset.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "15.26 14.84");
        ToolRun verify = ToolRun.Of("datasets", "verify");
        Assert.That(verify.ExitCode, Is.EqualTo(1));
        Assert.That(verify.ErrorLines.Single(), Does.StartWith("Seeds/seeds_dataset.txt: its SHA-256 is "));
        ToolRun json = ToolRun.Of("datasets", "verify", "seeds", "--json");
        Assert.That(JsonDocument.Parse(json.Output).RootElement[0].GetProperty("state").GetString(), Is.EqualTo("damaged"));
        ToolRun bench = ToolRun.Of("bench", "--dataset", "Seeds", "--out", _results);
        Assert.That(bench.ExitCode, Is.EqualTo(2));
        Assert.That(bench.ErrorLines.Single(), Does.Contain("is damaged in the cache").And.Contain("'pyrelational datasets fetch Seeds'"));
    }

    [Test]
    public void WhatIsMissingMattersWhereItIsNamed()
    {
        Assert.That(ToolRun.Of("datasets", "verify"), Is.EqualTo(new ToolRun(0, $"Nothing is in the cache: {_cache}{Environment.NewLine}", string.Empty)));
        Assert.That(ToolRun.Of("datasets", "verify", "Yacht").ExitCode, Is.EqualTo(1));
        Assert.That(ToolRun.Of("datasets", "verify", "Iris").ExitCode, Is.Zero);
        ToolRun bench = ToolRun.Of("bench", "--dataset", "Yacht", "--out", _results);
        Assert.That(bench.ExitCode, Is.EqualTo(2));
        Assert.That(bench.ErrorLines.Single(), Does.Contain("Yacht/yacht_hydrodynamics.data is not in the cache. Run 'pyrelational datasets fetch Yacht'"));
    }

    [TestCase("TREC6", "TREC6/train_5500.label")]
    [TestCase("cifar10", "CIFAR10/cifar-10-binary.tar.gz")]
    public void TextsAndImagesAreAskedForLikeAnyOther(string name, string file)
    {
        ToolRun bench = ToolRun.Of("bench", "--dataset", name, "--model", "LogisticRegression", "--out", _results);
        Assert.That(bench.ExitCode, Is.EqualTo(2));
        Assert.That(bench.ErrorLines.Single(), Does.Contain($"{file} is not in the cache. Run 'pyrelational datasets fetch "));
        using var publisher = new Server(_ => new ByteArrayContent("DESC:manner How ?"u8.ToArray()));
        ToolRun fetch = ToolRun.Of(publisher, "datasets", "fetch", name);
        Assert.That(fetch.ExitCode, Is.EqualTo(1));
        Assert.That(fetch.ErrorLines[^1], Does.StartWith(file + " could not be downloaded.").And.Contain("not the publisher's file"));
        Assert.That(_cache, Does.Not.Exist);
    }

    [Test]
    public void InfoOfWhatIsNotThereTellsWhereItComesFrom()
    {
        string text = ToolRun.Of("datasets", "info", "Power").Output;
        Assert.That(text, Does.Contain("CC BY 4.0").And.Contain("Tüfekci").And.Contain("CCPP.zip, its member CCPP/Folds5x2_pp.xlsx").And.Contain("ccd49098"));
        JsonElement power = JsonDocument.Parse(ToolRun.Of("datasets", "info", "power", "--json").Output).RootElement.GetProperty("dataset");
        Assert.That(power.GetProperty("data").GetString(), Is.EqualTo("download"));
        Assert.That(power.GetProperty("files")[0].GetProperty("path").GetString(), Is.EqualTo(Path.Combine(_cache, "Power", "Folds5x2_pp.xlsx")));
        Assert.That(ToolRun.Of("datasets", "info", "CreditCard").Output, Does.Contain("not known: rows and columns are checked"));
    }

    [TestCase("Name the datasets to fetch, or give --all", "datasets", "fetch")]
    [TestCase("not both", "datasets", "fetch", "Seeds", "--all")]
    [TestCase("Did you mean 'Seeds'?", "datasets", "fetch", "sedes")]
    [TestCase("Did you mean 'MNIST'?", "datasets", "verify", "MNITS")]
    [TestCase("no paper-compatible 'Iris'", "bench", "--dataset", "Iris", "--paper-compatible")]
    public void WrongUsageIsOneLine(string message, params string[] args)
    {
        ToolRun run = ToolRun.Of(args);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines.Single(), Does.StartWith("pyrelational: ").And.Contain(message));
    }

    [Test]
    public void AStoppedFetchEndsWith130AndLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        using var publisher = new Server(_ =>
        {
            stop.Cancel();
            return new ByteArrayContent([1]);
        });
        ToolRun run = ToolRun.Of(new StringWriter(), stop.Token, ["datasets", "fetch", "--all"], publisher);
        Assert.That((run.ExitCode, run.ErrorLines[^1]), Is.EqualTo((130, "pyrelational: stopped.")));
        Assert.That(_cache, Does.Not.Exist);
    }

    private sealed class Server(Func<Uri, HttpContent?> answer) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            HttpContent? content = answer(request.RequestUri!);
            return Task.FromResult(content is null
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}
