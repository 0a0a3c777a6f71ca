namespace PyRelationAL.Strategies;

/// <summary>A query of <see cref="MQNetStrategy"/>, to be learned from when its labels are there.</summary>
/// <param name="KnownCount">How many items were labelled, or known to be out of distribution, before it.</param>
/// <param name="Indices">The dataset indices that were suggested.</param>
/// <param name="Inputs">What Φ saw of each.</param>
/// <param name="Losses">−ln p of each [b×C], by the classifier of that time.</param>
internal sealed record MetaQuery(int KnownCount, int[] Indices, (double Informativeness, double Purity)[] Inputs, double[] Losses)
{
    /// <summary>The answers that are known by now; null where there is none.</summary>
    public MetaAnswers? Answered(QueryContext context)
    {
        int classes = context.Task.ClassCount, known = context.Labelled.Count + context.OutOfDistribution.Count;

        // No more than there were: another run on the same dataset, where no pipeline tells runs apart.
        if (known <= KnownCount)
        {
            return null;
        }

        var labels = new Dictionary<int, int>();
        int[] labelled = context.Labelled.ClassLabels();
        for (int i = 0; i < labelled.Length; i++)
        {
            labels[context.Labelled.Indices[i]] = labelled[i];
        }

        foreach (int index in context.OutOfDistribution.Indices)
        {
            labels[index] = -1;
        }

        int[] answered = [.. Enumerable.Range(0, Indices.Length).Where(i => labels.ContainsKey(Indices[i]))];
        return answered.Length == 0
            ? null
            : new MetaAnswers(
                this,
                Array.ConvertAll(answered, i => Inputs[i]),
                Array.ConvertAll(answered, i => labels[Indices[i]] < 0 ? 0 : Losses[(i * classes) + labels[Indices[i]]]));
    }
}
