using System.Numerics.Tensors;

namespace PyRelationAL.Models;

/// <summary>The classes that occur among the labelled items, ascending, out of all classes of the task.</summary>
internal sealed class PresentClasses
{
    private PresentClasses(int[] classes, int classCount)
    {
        Classes = classes;
        ClassCount = classCount;
    }

    public int[] Classes { get; }

    public int ClassCount { get; }

    public static PresentClasses Of(int[] labels, int classCount)
    {
        var occurs = new bool[classCount];
        foreach (int label in labels)
        {
            occurs[label] = true;
        }

        return new PresentClasses([.. Enumerable.Range(0, classCount).Where(c => occurs[c])], classCount);
    }

    /// <summary>The positive class of each binary problem: none for one class, the higher one for two, each class for more.</summary>
    public int[] OneAgainstRest() => Classes.Length switch
    {
        1 => [],
        2 => [Classes[1]],
        _ => Classes,
    };

    /// <summary>Turns the outputs of the binary problems, each in [0, 1], into one row of probabilities over all classes.</summary>
    public void WriteNormalised(ReadOnlySpan<double> outputs, Span<double> row)
    {
        row.Clear();
        switch (Classes.Length)
        {
            case 1:
                row[Classes[0]] = 1;
                return;
            case 2:
                row[Classes[0]] = 1 - outputs[0];
                row[Classes[1]] = outputs[0];
                return;
        }

        double sum = TensorPrimitives.Sum(outputs);
        for (int k = 0; k < outputs.Length; k++)
        {
            // All outputs can round to 0 far from every class: then nothing speaks for any of them.
            row[Classes[k]] = sum > 0 ? outputs[k] / sum : 1.0 / outputs.Length;
        }
    }
}
