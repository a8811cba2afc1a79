using Microsoft.Data.Sqlite;
using Polly;
using Polly.Retry;

namespace Atmosphere.Recognition.Storage;

/// <summary>Retries after transient failures: up to five times, all within two seconds.</summary>
internal static class QuickRetries
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Unreadable = 10;

    /// <summary>Whether a database error may be transient: busy, locked, or a failed disk access.</summary>
    public static bool IsPassing(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked or Unreadable };

    /// <summary>Whether the transaction is still open after a failed commit; after a disk error it is not.</summary>
    public static bool IsStillOpen(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <param name="passing">Which failures are retried.</param>
    /// <param name="clock">Measures the pauses: 20 ms at first, then about twice as long each time.</param>
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
