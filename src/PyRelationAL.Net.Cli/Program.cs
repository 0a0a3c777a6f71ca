using System.Runtime.InteropServices;
using PyRelationAL.Cli;

using var stop = new CancellationTokenSource();

// The first Ctrl+C lets finished runs be reported; the second one ends the process at once.
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await Tool.RunAsync(args, ToolConsole.OfProcess(), stop.Token);
