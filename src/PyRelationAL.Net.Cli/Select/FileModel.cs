using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>
/// Files as a model. What a model can do is said by its interfaces, so there is a class for each set of files, with the interfaces that these files can serve.
/// </summary>
internal class FileModel
{
    private readonly InputFiles _files;

    private FileModel(InputFiles files) => _files = files;

    /// <summary>The number of samples; 1 where there are none.</summary>
    public int SampleCount => Samples.Samples;

    public bool Consistent => _files.IsConsistent;

    private RowFile Samples => (_files.Samples ?? _files.ValueSamples)!;

    /// <summary>The model of some files.</summary>
    public static FileModel Of(InputFiles files, LearningTask task) => task.Kind == TaskKinds.Regression
        ? (files.Mean is not null, files.ValueSamples is not null, files.Embeddings is not null) switch
        {
            (true, true, true) => new GaussianSamplesEmbeddings(files),
            (true, true, false) => new GaussianSamples(files),
            (true, false, true) => new GaussianEmbeddings(files),
            (true, false, false) => new Gaussian(files),
            (false, true, true) => new ValueSamplesEmbeddings(files),
            (false, true, false) => new ValueSamples(files),
            (false, false, _) => new ValueEmbeddings(files),
        }
        : ((files.Probabilities ?? files.Logits)?.Option, files.Samples is not null, files.Embeddings is not null) switch
        {
            ("--probabilities", true, true) => new ProbabilitiesSamplesEmbeddings(files),
            ("--probabilities", true, false) => new ProbabilitiesSamples(files),
            ("--probabilities", false, true) => new ProbabilitiesEmbeddings(files),
            ("--probabilities", false, false) => new Probabilities(files),
            ("--logits", true, true) => new LogitsSamplesEmbeddings(files),
            ("--logits", true, false) => new LogitsSamples(files),
            ("--logits", false, true) => new LogitsEmbeddings(files),
            ("--logits", false, false) => new Logits(files),
            (_, true, true) => new ClassSamplesEmbeddings(files),
            (_, true, false) => new ClassSamples(files),
            _ => new Embeddings(files),
        };

    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        _files.Logits is null ? Checked(_files.Probabilities!, items, v => new ClassProbabilities(v, _files.Probabilities!.Columns)).Result
        : PredictLogits(items, cancellationToken).Softmax();

    public ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default) =>
        new(_files.Logits!.Read(items.Indices), _files.Logits.Columns);

    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        Checked(Samples, items, v => new PosteriorClassSamples(v, Samples.Samples, Samples.Columns)).Result;

    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        new(Samples.Read(items.Indices), Samples.Samples);

    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[] deviations = _files.Deviation!.Read(items.Indices);
        int negative = Array.FindIndex(deviations, deviation => deviation < 0);
        return negative < 0
            ? new GaussianPredictions(_files.Mean!.Read(items.Indices), deviations)
            : throw _files.Deviation.Error(Invariant($"row {items.Indices[negative]}: {deviations[negative]} is negative; standard deviations must not be."));
    }

    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) => _files.Embeddings!.ReadFeatures(items.Indices);

    public GradientEmbeddings EmbedGradients(DatasetView items, CancellationToken cancellationToken = default)
    {
        if (!_files.OfClasses.Any())
        {
            return GradientEmbeddings.OfValue(Embed(items, cancellationToken));
        }

        // The probabilities become the factors in place: of a pool of millions there is no room for both.
        double[] factors;
        ClassProbabilities probabilities;
        if (_files.Probabilities is { } file)
        {
            (probabilities, factors) = Checked(file, items, v => new ClassProbabilities(v, file.Columns));
        }
        else
        {
            probabilities = _files.Logits is null ? MeanOfSamples(items) : PredictProbabilities(items, cancellationToken);
            factors = probabilities.Values.ToArray();
        }

        for (int i = 0; i < items.Count; i++)
        {
            int predicted = probabilities.ArgMax(i);
            Span<double> row = factors.AsSpan(i * probabilities.ClassCount, probabilities.ClassCount);
            System.Numerics.Tensors.TensorPrimitives.Max(row, 0, row);
            row[predicted] -= 1;
        }

        return new GradientEmbeddings(factors, Embed(items, cancellationToken));
    }

    private ClassProbabilities MeanOfSamples(DatasetView items)
    {
        const int Rows = 1 << 14;
        var mean = new double[checked(items.Count * Samples.Columns)];
        for (int start = 0; start < items.Count; start += Rows)
        {
            DatasetView part = items.Slice(start, Math.Min(Rows, items.Count - start));
            Checked(Samples, part, v => new PosteriorClassSamples(v, Samples.Samples, Samples.Columns)).Result.Mean().Values
                .CopyTo(mean.AsSpan(start * Samples.Columns));
        }

        return new ClassProbabilities(mean, Samples.Columns);
    }

    /// <summary>Makes predictions of probabilities; a row that holds none is named as the file has it.</summary>
    private static (T Result, double[] Values) Checked<T>(RowFile file, DatasetView items, Func<double[], T> make)
    {
        double[] values = file.Read(items.Indices);
        try
        {
            return (make(values), values);
        }
        catch (ArgumentException)
        {
            for (int i = 0; i < values.Length / file.Columns; i++)
            {
                string place = Invariant($"row {items.Indices[i % items.Count]}");
                CheckRow(file, file.Samples == 1 ? place : Invariant($"sample {i / items.Count}, {place}"), values.AsSpan(i * file.Columns, file.Columns));
            }

            throw;
        }
    }

    private static void CheckRow(RowFile file, string place, ReadOnlySpan<double> row)
    {
        try
        {
            _ = new ClassProbabilities(row.ToArray(), row.Length);
        }
        catch (ArgumentException e)
        {
            string message = UserMessage.Of(e);
            throw file.Error(place + message[(message.IndexOf("row 0", StringComparison.Ordinal) + "row 0".Length)..]);
        }
    }

    private sealed class Embeddings(InputFiles files) : FileModel(files), IEmbedder;

    private sealed class Probabilities(InputFiles files) : FileModel(files), IClassProbabilityPredictor;

    private sealed class ProbabilitiesEmbeddings(InputFiles files) : FileModel(files), IClassProbabilityPredictor, IEmbedder, IGradientEmbedder;

    private sealed class ProbabilitiesSamples(InputFiles files) : FileModel(files), IClassProbabilityPredictor, IPosteriorClassSampler;

    private sealed class ProbabilitiesSamplesEmbeddings(InputFiles files)
        : FileModel(files), IClassProbabilityPredictor, IPosteriorClassSampler, IEmbedder, IGradientEmbedder;

    private sealed class Logits(InputFiles files) : FileModel(files), ILogitPredictor;

    private sealed class LogitsEmbeddings(InputFiles files) : FileModel(files), ILogitPredictor, IEmbedder, IGradientEmbedder;

    private sealed class LogitsSamples(InputFiles files) : FileModel(files), ILogitPredictor, IPosteriorClassSampler;

    private sealed class LogitsSamplesEmbeddings(InputFiles files) : FileModel(files), ILogitPredictor, IPosteriorClassSampler, IEmbedder, IGradientEmbedder;

    private sealed class ClassSamples(InputFiles files) : FileModel(files), IPosteriorClassSampler;

    private sealed class ClassSamplesEmbeddings(InputFiles files) : FileModel(files), IPosteriorClassSampler, IEmbedder, IGradientEmbedder;

    private sealed class ValueEmbeddings(InputFiles files) : FileModel(files), IEmbedder, IGradientEmbedder;

    private sealed class Gaussian(InputFiles files) : FileModel(files), IGaussianPredictor;

    private sealed class GaussianEmbeddings(InputFiles files) : FileModel(files), IGaussianPredictor, IEmbedder, IGradientEmbedder;

    private sealed class GaussianSamples(InputFiles files) : FileModel(files), IGaussianPredictor, IPosteriorValueSampler;

    private sealed class GaussianSamplesEmbeddings(InputFiles files)
        : FileModel(files), IGaussianPredictor, IPosteriorValueSampler, IEmbedder, IGradientEmbedder;

    private sealed class ValueSamples(InputFiles files) : FileModel(files), IPosteriorValueSampler;

    private sealed class ValueSamplesEmbeddings(InputFiles files) : FileModel(files), IPosteriorValueSampler, IEmbedder, IGradientEmbedder;
}
