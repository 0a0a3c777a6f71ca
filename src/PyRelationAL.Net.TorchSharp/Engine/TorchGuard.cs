using System.Runtime.InteropServices;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Turns what libtorch throws into what this library's users expect.</summary>
internal static class TorchGuard
{
    /// <summary>Runs something that ends in libtorch.</summary>
    /// <param name="what">What failed, for the message.</param>
    /// <param name="call">What to run.</param>
    public static T Native<T>(string what, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (ExternalException e)
        {
            throw new ModelTrainingException($"{what} failed in libtorch: {FirstLine(e.Message)}", e);
        }
    }

    public static double FiniteLoss(double loss) => double.IsFinite(loss) ? loss : throw Diverged("The loss", loss);

    public static ModelTrainingException Diverged(string what, double value) => new(Guard.Text(
        $"{what} became {value}: the training diverged. Lower the learning rate, or look for extreme values among features and targets."));

    /// <summary>The rest is a stack trace of C++.</summary>
    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
