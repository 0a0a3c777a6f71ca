using System.CommandLine;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>The files that say something about every row, and what they are about.</summary>
internal sealed class InputFiles : IDisposable
{
    private readonly List<RowFile> _all = [];

    /// <exception cref="PyRelationALException">A file cannot be read.</exception>
    /// <exception cref="UsageException">The files do not fit each other.</exception>
    public InputFiles(ParseResult parsed, SelectOptions options)
    {
        try
        {
            Probabilities = Open(options.Probabilities, "NC");
            Logits = Open(options.Logits, "NC");
            Samples = Open(options.Samples, "SNC");
            Mean = Open(options.Mean, "N");
            Deviation = Open(options.Deviation, "N");
            ValueSamples = Open(options.ValueSamples, "SN");
            RowFile? embeddings = Open(options.Embeddings, "NC"), features = Open(options.Features, "NC");
            Embeddings = embeddings ?? features;
            Features = features ?? embeddings;
            IsConsistent = !parsed.GetValue(options.Inconsistent);
            Check();
        }
        catch
        {
            Dispose();
            throw;
        }

        RowFile? Open(Option<string?> option, string shape)
        {
            RowFile? file = RowFile.Open(parsed, option, shape);
            _all.AddRange(file is null ? [] : [file]);
            return file;
        }
    }

    public RowFile? Probabilities { get; }

    public RowFile? Logits { get; }

    public RowFile? Samples { get; }

    public RowFile? Mean { get; }

    public RowFile? Deviation { get; }

    public RowFile? ValueSamples { get; }

    public RowFile? Embeddings { get; }

    public RowFile? Features { get; }

    /// <summary>Whether a sample is the same model for every row.</summary>
    public bool IsConsistent { get; }

    /// <summary>The number of rows of every file.</summary>
    public int Rows => _all[0].Rows;

    /// <summary>The files that are for classification.</summary>
    public IEnumerable<RowFile> OfClasses => Present(Probabilities, Logits, Samples);

    /// <summary>The files that are for regression.</summary>
    public IEnumerable<RowFile> OfValues => Present(Mean, Deviation, ValueSamples);

    public void Dispose() => _all.ForEach(file => file.Dispose());

    private static IEnumerable<RowFile> Present(params RowFile?[] files) => files.OfType<RowFile>();

    private void Check()
    {
        if (_all.Count == 0)
        {
            throw new UsageException("Give at least one file that says something about every row, such as --probabilities or --embeddings.");
        }

        if (_all.FirstOrDefault(file => file.Rows != Rows) is { } other)
        {
            throw new UsageException(Invariant(
                $"{_all[0].Name} has {Rows} rows and {other.Name} {other.Rows}; row i must be the same item in all files ({Shapes(_all[0], other)})."));
        }

        if (OfClasses.FirstOrDefault(file => file.Columns != OfClasses.First().Columns) is { } wider)
        {
            throw new UsageException(Invariant(
                $"{OfClasses.First().Name} has {OfClasses.First().Columns} classes and {wider.Name} {wider.Columns} ({Shapes(OfClasses.First(), wider)})."));
        }

        if (OfClasses.Any() && OfValues.Any())
        {
            throw new UsageException($"{OfClasses.First().Option} is for classification and {OfValues.First().Option} for regression; give one kind.");
        }

        if (Probabilities is not null && Logits is not null)
        {
            throw new UsageException("--probabilities and --logits say the same; give one of them.");
        }

        if (Mean is null != Deviation is null)
        {
            throw new UsageException(Mean is null ? "--std is of use with --mean only; give both." : "--mean is of use with --std only; give both.");
        }

        if (!IsConsistent && Samples is null && ValueSamples is null)
        {
            throw new UsageException("--inconsistent says something about samples; give --samples or --value-samples.");
        }
    }

    private static string Shapes(params RowFile[] files) =>
        string.Join(", ", files.Select(file => file.Samples > 1 ? $"{file.Option} takes [S×N×C]" : $"{file.Option} takes [N×C]"));
}
