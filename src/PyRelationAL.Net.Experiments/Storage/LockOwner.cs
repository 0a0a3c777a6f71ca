namespace PyRelationAL.Experiments;

/// <summary>Who writes in a folder, for the message to who comes second. That somebody does is said by the lock itself, not by this.</summary>
internal sealed record LockOwner(int Process, string Machine, DateTimeOffset Since)
{
    /// <summary>False where it is known that the process has ended, as one that was killed leaves this behind.</summary>
    public bool MayBeAlive()
    {
        if (Machine != Environment.MachineName)
        {
            return true;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public override string ToString() => FormattableString.Invariant($"process {Process} on {Machine}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");
}
