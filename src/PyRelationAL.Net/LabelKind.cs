namespace PyRelationAL;

/// <summary>What a <see cref="Label"/> holds.</summary>
public enum LabelKind
{
    /// <summary>Nothing: the item has not been labelled.</summary>
    Missing = 0,

    /// <summary>One class index.</summary>
    Class,

    /// <summary>One real number.</summary>
    Value,

    /// <summary>One flag for each class.</summary>
    ClassSet,

    /// <summary>That the item is of none of the task's classes.</summary>
    OutOfDistribution,
}
