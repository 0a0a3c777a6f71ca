namespace PyRelationAL.Experiments;

/// <summary>What a signed-rank test does with pairs that do not differ.</summary>
public enum ZeroDifferences
{
    /// <summary>They are left out before ranking (Wilcoxon, 1945, Biometrics Bulletin 1): the usual choice.</summary>
    Wilcox = 0,

    /// <summary>
    /// They are ranked with the others and then left out (Pratt, 1959, J. American Statistical Association 54): many zeros make the other differences count
    /// for less relative to each other. The better choice for coarse metrics, such as accuracies on few test items.
    /// </summary>
    Pratt,
}
