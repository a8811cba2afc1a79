using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>
/// Threads of their own for the networks, so that seconds of computing never hold the threads that answer requests. On Linux they are also
/// nicer than those: a request that comes in while every core recognises faces gets one at once.
/// </summary>
internal sealed class InferenceThreads : IDisposable
{
    private const int Niceness = 10;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    /// <param name="count">How many pieces of work run at once, at least 1; further ones wait.</param>
    public InferenceThreads(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(Run) { Name = $"faces {number}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Runs the work on one of the threads; work that is cancelled while it waits is never begun.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(
            () =>
            {
                if (cancellation.IsCancellationRequested)
                {
                    result.SetCanceled(cancellation);
                    return;
                }

                try
                {
                    result.SetResult(work());
                }
                catch (Exception failure)
                {
                    result.SetException(failure);
                }
            },
            cancellation);
        return result.Task;
    }

    /// <summary>Waits for the work that is begun or waiting.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        // Elsewhere the call would change the whole process.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, who: 0, Niceness);
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetPriority(int which, int who, int priority);
}
