using Microsoft.Data.Sqlite;
using Polly;
using Polly.Retry;

namespace Atmosphere.Recognition.Storage;

/// <summary>A call that failed for a passing reason is made again at once: up to five times more, all within two seconds.</summary>
internal static class QuickRetries
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Unreadable = 10;

    /// <summary>Whether a fault of the database may be gone in the next moment: it is busy or locked, or the disk failed to answer.</summary>
    public static bool IsPassing(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked or Unreadable };

    /// <summary>Whether the transaction that could not be committed is still open: after a failure of the disk it is not.</summary>
    public static bool IsStillOpen(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <param name="passing">Which failures are worth another call.</param>
    /// <param name="clock">Measures the rests; they are 20 ms at first, then about twice as long each time.</param>
    public static ResiliencePipeline When(Func<Exception, bool> passing, TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is { } error && passing(error)),
                MaxRetryAttempts = 5,
                Delay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(350),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
}
