using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary><c>select</c>: one batch from files.</summary>
internal sealed class SelectCommand(CommonOptions common, ToolConsole console)
{
    private readonly SelectOptions _options = new();

    public Command Create()
    {
        var command = new ToolCommand(
            "select",
            "Select one batch from what a model of any framework says about every row: .npy, .npz (FILE.npz:NAME) or CSV files. Rows are counted from 0, and " +
            "row i is the same item in all files. Large .npy files are mapped, not loaded.",
            ("The 100 rows that a classifier is least sure of", "pyrelational select --strategy Entropy --probabilities p.npy --count 100"),
            ("Uncertain and different from one another",
                "pyrelational select --strategy BADGE --probabilities p.npy --embeddings e.npy --count 100 --out batch.csv"),
            ("Far from what is labelled", "pyrelational select --strategy KCentre --embeddings e.npy --labelled labelled.txt --count 100 --out batch.npy"),
            ("Uncertain, of the half that is most like labelled rows and least like those labelled −1",
                "pyrelational select --strategy Entropy --probabilities p.npy --embeddings e.npy --labelled k.csv --labels k.csv --purest 0.5 --count 100"));
        foreach (Option option in _options.All)
        {
            command.Add(option);
        }

        command.SetAction((parseResult, cancellationToken) => Task.FromResult(Run(parseResult, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        string? path = parsed.GetValue(_options.Out);
        if (path is not null)
        {
            SelectionFile.Check(path, _options.All.OfType<Option<string?>>().Where(option => option != _options.Out).Select(parsed.GetValue).OfType<string>());
        }

        using SelectRequest request = UsageException.Guard(() => SelectRequest.Of(parsed, _options));
        Suggestion selection = UsageException.Guard(() => Suggest(parsed, request, cancellationToken));
        if (path is not null)
        {
            Write(path, selection);
        }

        Print(parsed, request, selection, path);
        return ExitCodes.Success;
    }

    private Suggestion Suggest(ParseResult parsed, SelectRequest request, CancellationToken cancellationToken)
    {
        var dataset = new FileDataset(request.Files, request.Rows.Task, request.Rows.Labels);
        var context = new QueryContext(
            new DatasetView(dataset, request.Rows.Pool),
            new DatasetView(dataset, request.Rows.Labelled),
            FileModel.Of(request.Files, request.Rows.Task),
            new RandomStream(parsed.GetValue(common.Seed) ?? 0),
            common.ThreadsOf(parsed),
            cancellationToken: cancellationToken)
        {
            OutOfDistribution = new DatasetView(dataset, request.Rows.OutOfDistribution),
        };
        try
        {
            return request.Strategy.Suggest(context, parsed.GetRequiredValue(_options.Count)!.Value);
        }
        catch (InvalidOperationException e) when (request.Rows.Labels.Count == 0)
        {
            throw new UsageException($"{request.Description.Name} may need labels; give --labelled and --labels. {UserMessage.Of(e)}", e);
        }
    }

    private static void Write(string path, Suggestion selection)
    {
        try
        {
            SelectionFile.Write(path, selection);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written; choose another --out. {UserMessage.Of(e)}", e);
        }
    }

    private void Print(ParseResult parsed, SelectRequest request, Suggestion selection, string? path)
    {
        if (parsed.GetValue(common.Json))
        {
            console.Output.WriteLine(JsonText.Of(new
            {
                strategy = request.Description.Name,
                rows = request.Files.Rows,
                labelled = request.Rows.Labelled.Length,
                outOfDistribution = request.Rows.OutOfDistribution.Length,
                pool = request.Rows.Pool.Length,
                @out = path,
                indices = selection.Indices,
                scores = selection.Scores,
            }));
        }
        else if (path is not null)
        {
            console.Output.WriteLine(Invariant($"{selection.Indices.Count} of {request.Rows.Pool.Length} rows by {request.Description.Name}: {path}"));
        }
        else
        {
            foreach (string line in SelectionFile.CsvLines(selection))
            {
                console.Output.WriteLine(line);
            }
        }
    }
}
