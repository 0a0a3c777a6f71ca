using System.CommandLine;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>The user's own CSV file, and how to read it.</summary>
internal sealed class UserTable
{
    private static readonly Dictionary<string, TaskKinds> TasksByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["classification"] = TaskKinds.Classification,
        ["regression"] = TaskKinds.Regression,
    };

    private static readonly Dictionary<string, MissingValues> MissingByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["refuse"] = MissingValues.Refuse,
        ["mean"] = MissingValues.ImputeMean,
        ["median"] = MissingValues.ImputeMedian,
        ["most-frequent"] = MissingValues.ImputeMostFrequent,
        ["drop-row"] = MissingValues.DropRow,
    };

    /// <summary>The library's messages advise in its own words; the user of the tool has options.</summary>
    private static readonly (string Property, string Option)[] OptionsByProperty =
    [
        (nameof(CsvOptions.CategoricalColumns), "--categorical"),
        (nameof(CsvOptions.IgnoredColumns), "--ignore"),
        ("(Missing)", "(--missing)"),
        ("with Header = false", "with --no-header"),
        ("set AllowMissingTargets", "remove the row"),
        (", or allow more (MaxCategories)", string.Empty),
        ("set Task = Classification", "give --task classification"),
        ("Set Task = Classification", "Give --task classification"),
    ];

    private readonly string _file;
    private readonly CsvOptions _csv;

    private UserTable(string file, CsvOptions csv, IReadOnlyList<string> arguments)
    {
        _file = file;
        _csv = csv;
        Arguments = arguments;
    }

    /// <summary>The options that name it, as a shell takes them.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Null where no file is named.</summary>
    public static UserTable? Of(ParseResult parsed, Option<string?> dataFile, TableOptions options)
    {
        string? file = parsed.GetValue(dataFile);
        if (file is null)
        {
            return options.All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } stray
                ? throw new ArgumentException($"{stray.Name} says how to read --data; give --data FILE too.")
                : null;
        }

        Option<string?>[] details = [options.Target, options.Task, options.Missing];
        Option<string[]>[] lists = [options.Categorical, options.Ignored];
        var csv = new CsvOptions
        {
            Target = parsed.GetValue(options.Target),
            Header = !parsed.GetValue(options.NoHeader),
            Task = parsed.GetValue(options.Task) is { } task ? Find(TasksByName, "task", task) : null,
            Missing = parsed.GetValue(options.Missing) is { } missing ? Find(MissingByName, "treatment of missing values", missing) : MissingValues.Refuse,
            CategoricalColumns = parsed.GetValue(options.Categorical) ?? [],
            IgnoredColumns = parsed.GetValue(options.Ignored) ?? [],
        };
        string[] arguments =
        [
            "--data " + ShellText.Quoted(file),
            .. parsed.GetValue(options.NoHeader) ? [options.NoHeader.Name] : Array.Empty<string>(),
            .. details.Where(option => parsed.GetValue(option) is not null).Select(option => $"{option.Name} {ShellText.Quoted(parsed.GetValue(option)!)}"),
            .. lists.Where(option => parsed.GetValue(option) is { Length: > 0 })
                .Select(option => $"{option.Name} {ShellText.Quoted(string.Join(',', parsed.GetValue(option)!))}"),
        ];
        return new UserTable(file, csv, arguments);
    }

    public DatasetSource Load() => InOptions(() => DatasetSource.Of(CsvDataset.Load(_file, _csv)));

    /// <summary>Loads it with what the data suggest where no option says otherwise.</summary>
    /// <param name="kept">Columns that are not to be left out.</param>
    /// <param name="treatsMissing">Whether an option says what to do with missing values.</param>
    public (DatasetSource Source, IReadOnlyList<GuessedSetting> Guesses) Guess(string[] kept, bool treatsMissing) => InOptions(() =>
    {
        var guess = CsvGuess.Of(_file, _csv, kept);
        CsvOptions csv = treatsMissing ? guess.Options with { Missing = _csv.Missing } : guess.Options;
        GuessedSetting[] guesses = [.. guess.Settings.Where(setting => !treatsMissing || setting.Property != nameof(CsvOptions.Missing))];
        return (DatasetSource.Of(CsvDataset.Load(_file, csv)), (IReadOnlyList<GuessedSetting>)guesses);
    });

    private static T InOptions<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DatasetFormatException e)
        {
            throw new UsageException(OptionsByProperty.Aggregate(UserMessage.Of(e), (text, pair) => text.Replace(pair.Property, pair.Option)), e);
        }
    }

    private static T Find<T>(Dictionary<string, T> known, string what, string name) => known.TryGetValue(name, out T? value)
        ? value
        : throw new ArgumentException(NearestName.UnknownMessage(what, name, known.Keys));
}
