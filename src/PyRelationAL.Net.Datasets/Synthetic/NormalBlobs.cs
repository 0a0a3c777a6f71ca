using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>A two-class dataset made of blobs, each a number of draws of one normal law with one label.</summary>
internal sealed class NormalBlobs(string name, long seed)
{
    private readonly RandomStream _random = Generator.Random(name, seed);
    private readonly List<float[]> _rows = [];
    private readonly List<int> _classes = [];

    public NormalBlobs Add(int count, int label, NormalLaw law)
    {
        for (int i = 0; i < count; i++)
        {
            _rows.Add(law.Draw(_random));
            _classes.Add(label);
        }

        return this;
    }

    public InMemoryDataset ToDataset() => Generator.TwoClasses(name, _rows, _classes);
}
