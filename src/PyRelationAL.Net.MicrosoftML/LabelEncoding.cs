namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>How labels are written into the label column of a data view: multiclass trainers want a key, binary ones a Boolean, regression a number.</summary>
public enum LabelEncoding
{
    /// <summary>No label column.</summary>
    None = 0,

    /// <summary>A key of C values: class c is key value c + 1, as cursors give it, and 0 is a missing label.</summary>
    Key,

    /// <summary>A Boolean: class 1 is true. Needs two classes; a missing label is refused.</summary>
    Boolean,

    /// <summary>A float32: the value, NaN where the label is missing.</summary>
    Single,
}
