namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// When hyperparameters are fitted: at first, and whenever the number of labels has grown by a twentieth; up to twenty labels that is every round. Between, the
/// kernel stays, and only labels are added.
/// </summary>
internal sealed class RefitSchedule
{
    private const double Growth = 1.05;

    private int _next;

    /// <summary>Whether to fit with so many labels; counts as done.</summary>
    public bool IsDue(int labels)
    {
        if (labels < _next)
        {
            return false;
        }

        _next = Math.Max(labels + 1, (int)Math.Ceiling(Growth * labels));
        return true;
    }
}
