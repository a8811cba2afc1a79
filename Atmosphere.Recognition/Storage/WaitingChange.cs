namespace Atmosphere.Recognition.Storage;

/// <summary>A change that waits for the writer, and its caller, who waits for the commit.</summary>
internal sealed class WaitingChange(Func<Session, Task> change, CancellationToken cancellation)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The change runs in the caller's execution context, so that log scopes and correlation id are the caller's.
    private readonly ExecutionContext? _caller = ExecutionContext.Capture();

    public Task Committed => _committed.Task;

    /// <summary>True if the caller cancelled before the change began.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested && _committed.TrySetCanceled(cancellation);

    public Task RunAsync(Session session, AsyncLocal<bool> inside)
    {
        if (_caller is null)
            return change(session);

        var running = Task.CompletedTask;
        ExecutionContext.Run(
            _caller,
            _ =>
            {
                inside.Value = true;
                running = change(session);
            },
            null);
        return running;
    }

    public void Succeed() => _committed.TrySetResult();

    public void Fail(Exception error) => _committed.TrySetException(error);
}
