using PyRelationAL.Distances;

namespace PyRelationAL.Strategies;

/// <summary>Candidates by their nearest centre, where labelled rows are centres from the beginning and taken candidates become centres.</summary>
internal sealed class NearestClusters
{
    private readonly FeatureMatrix _candidates;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private bool _fromOrigin;

    public NearestClusters(FeatureMatrix candidates, FeatureMatrix labelled, int threads, CancellationToken cancellationToken)
    {
        _candidates = candidates;
        _threads = threads;
        _cancellationToken = cancellationToken;
        // Without labelled rows the distance to the origin stands for the prior variance, until there is a centre.
        _fromOrigin = labelled.RowCount == 0;
        FeatureMatrix centres = _fromOrigin ? new FeatureMatrix(new float[candidates.ColumnCount], 1, candidates.ColumnCount) : labelled;
        Nearest = New(new RowPoints(candidates, centres));
        for (int c = 0; c < centres.RowCount; c++)
        {
            Nearest.Select(candidates.RowCount + c);
        }
    }

    /// <summary>The distances to the nearest centre.</summary>
    public NearestSelected Nearest { get; private set; }

    /// <summary>The candidate farthest from its centre in the cluster with the largest sum of squared distances; −1 where all of them are 0.</summary>
    public int FarthestOfLargestCluster()
    {
        Nearest.Update();
        ReadOnlySpan<double> distances = Nearest.Distances;
        ReadOnlySpan<int> owners = Nearest.Owners;
        var sizes = new double[Nearest.SelectedCount];
        for (int i = 0; i < distances.Length; i++)
        {
            sizes[owners[i]] += distances[i];
        }

        int largest = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(sizes), farthest = -1;
        for (int i = 0; i < distances.Length; i++)
        {
            if (owners[i] == largest && distances[i] > (farthest < 0 ? 0 : distances[farthest]))
            {
                farthest = i;
            }
        }

        return farthest;
    }

    /// <summary>Makes a candidate a centre, the first one left where −1 is given.</summary>
    /// <returns>Which.</returns>
    public int Take(int candidate, out double distance)
    {
        candidate = candidate < 0 ? Array.IndexOf(Nearest.Selected, false) : candidate;
        distance = Math.Sqrt(Nearest.Distances[candidate]);
        if (_fromOrigin)
        {
            Nearest = New(new RowPoints(_candidates));
            _fromOrigin = false;
        }

        Nearest.Select(candidate);
        return candidate;
    }

    private NearestSelected New(RowPoints points) => new(points, _candidates.RowCount, _threads, _cancellationToken);
}
