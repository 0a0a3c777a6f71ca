using PyRelationAL;
using PyRelationAL.Numerics;

namespace Outsider.Extensions;

/// <summary>A dataset of one's own: points on an inner ring (class 0) and an outer one (class 1). Labels but the known ones are missing.</summary>
internal sealed class TwoRings : IDataset
{
    private readonly float[][] _points;
    private readonly Label[] _labels;

    public TwoRings(int count, int knownFrom, IReadOnlyCollection<int> known)
    {
        var random = new RandomStream(7);
        _points = new float[count][];
        Truth = new int[count];
        for (int i = 0; i < count; i++)
        {
            Truth[i] = i % 2;
            double radius = 1 + Truth[i] + (0.1 * random.NextGaussian()), angle = random.NextDouble() * 2 * Math.PI;
            _points[i] = [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)), (float)radius];
        }

        _labels = [.. Truth.Select((c, i) => i >= knownFrom || known.Contains(i) ? Label.OfClass(c) : Label.Missing)];
    }

    public int[] Truth { get; }

    public string Name => "TwoRings";

    public int Count => _points.Length;

    public LearningTask Task { get; } = LearningTask.Classification(["inner", "outer"]);

    public int FeatureCount => 3;

    public void CopyFeatures(int index, Span<float> destination) => _points[index].CopyTo(destination);

    public Label GetLabel(int index) => _labels[index];

    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, index);
        _labels[index] = label;
    }
}
