namespace PyRelationAL.Models.Optimisation;

/// <summary>Why an optimisation stopped.</summary>
public enum OptimisationStop
{
    /// <summary>The projected gradient's largest element fell below its tolerance: a stationary point.</summary>
    GradientSmall,

    /// <summary>The value fell by less than its tolerance in one iteration.</summary>
    ValueSettled,

    /// <summary>No step along the search direction or along the gradient lowers the value: as good as rounding allows, or a wrong gradient.</summary>
    NoDescent,

    /// <summary>The most iterations allowed were made.</summary>
    IterationLimit,

    /// <summary>The function is not finite at the starting point; nothing was done.</summary>
    StartNotFinite,
}
