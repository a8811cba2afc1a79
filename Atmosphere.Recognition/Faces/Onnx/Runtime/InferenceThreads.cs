using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>
/// Dedicated threads for the networks, so that seconds of computing never block the threads that answer requests. On Linux they run at a
/// lower priority, so that a new request gets a core at once.
/// </summary>
internal sealed class InferenceThreads : IDisposable
{
    private const int Niceness = 10;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    /// <param name="count">Number of work items that run at once, at least 1; further ones wait.</param>
    public InferenceThreads(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(Run) { Name = $"faces {number}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Runs the work on one of the threads. Work cancelled while it waits never starts.</summary>
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

    /// <summary>Waits for running and queued work.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        // On other systems the call would change the whole process.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, who: 0, Niceness);
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetPriority(int which, int who, int priority);
}
