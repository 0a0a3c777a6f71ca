using Microsoft.ML.Trainers.FastTree;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>One tree of a forest, walked here: ML.NET has no public prediction by tree.</summary>
internal sealed class TreeWalk
{
    private readonly int[] _left, _right, _feature;
    private readonly float[] _threshold;
    private readonly double[] _leaf;

    private TreeWalk(RegressionTreeBase tree, double weight)
    {
        // Lists behind interfaces cost a call for each step of the walk.
        _left = [.. tree.LeftChild];
        _right = [.. tree.RightChild];
        _feature = [.. tree.NumericalSplitFeatureIndexes];
        _threshold = [.. tree.NumericalSplitThresholds];
        _leaf = [.. tree.LeafValues.Select(value => value * weight)];
    }

    /// <summary>The trees of a forest.</summary>
    public static TreeWalk[] Of<TTree>(TreeEnsemble<TTree> ensemble)
        where TTree : RegressionTreeBase =>
        [.. ensemble.Trees.Zip(ensemble.TreeWeights, (tree, weight) => new TreeWalk(tree, weight))];

    /// <summary>The values of S trees for N rows [S×N]. Trees that are not there are a constant.</summary>
    /// <remarks>O(N·S·depth).</remarks>
    public static double[] Predict(
        TreeWalk[] trees, int treeCount, double constant, FeatureMatrix features, CancellationToken cancellationToken)
    {
        int count = features.RowCount;
        var values = new double[checked(treeCount * count)];
        Blocks.ForEach(treeCount, -1, cancellationToken, (t, _) =>
        {
            Span<double> row = values.AsSpan(t * count, count);
            if (t >= trees.Length)
            {
                row.Fill(constant);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                row[i] = trees[t].Predict(features.Row(i));
            }
        }, blockRows: 1);
        return values;
    }

    private double Predict(ReadOnlySpan<float> features)
    {
        int node = _left.Length == 0 ? -1 : 0;
        while (node >= 0)
        {
            node = features[_feature[node]] <= _threshold[node] ? _left[node] : _right[node];
        }

        return _leaf[~node];
    }
}
