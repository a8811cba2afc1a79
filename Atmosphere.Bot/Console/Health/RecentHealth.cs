using Atmosphere.Bot.Channels.Slack.Webhooks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atmosphere.Bot.Console.Health;

/// <summary>
/// Runs the checks at most once a second, however often it is called, and returns the latest result at once. Callers wait only if that is
/// older than five seconds.
/// </summary>
internal sealed class RecentHealth(HealthCheckService checks, TimeProvider clock, ILogger<RecentHealth> log) : IServerState
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _usable = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<HealthAnswer>? _looking;
    private (HealthAnswer Answer, long At)? _last;

    public async Task<HealthAnswer> GetAsync(CancellationToken cancellation)
    {
        Task<HealthAnswer> looking;
        lock (_gate)
        {
            var age = _last is { } seen ? clock.GetElapsedTime(seen.At) : TimeSpan.MaxValue;
            if (age < _fresh)
                return _last!.Value.Answer;

            // On a thread of its own, so that a blocking check does not block the caller.
            looking = _looking ??= Task.Run(LookAsync, CancellationToken.None);
            if (age < _usable)
                return _last!.Value.Answer;
        }

        return await looking.WaitAsync(cancellation);
    }

    async Task<(bool IsWell, IReadOnlyList<string> Troubles)> IServerState.LookAsync(CancellationToken cancellation)
    {
        var answer = await GetAsync(cancellation);
        return (answer.Status == "ready", [.. answer.Checks.Values.Where(check => check.State != "ok").Select(check => check.Text)]);
    }

    private async Task<HealthAnswer> LookAsync()
    {
        try
        {
            var report = await checks.CheckHealthAsync();
            var answer = HealthAnswer.Of(report);
            string? before;
            lock (_gate)
            {
                before = _last?.Answer.Status;
                _last = (answer, clock.GetTimestamp());
            }

            if (before != answer.Status && (before is not null || answer.Status != "ready"))
                Tell(report, answer.Status);
            return answer;
        }
        finally
        {
            lock (_gate)
                _looking = null;
        }
    }

    private void Tell(HealthReport report, string status)
    {
        log.LogWarning("The server is {Status}", status);
        foreach (var (name, entry) in report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy))
            log.LogWarning(entry.Exception, "Check {Check}: {Text}", name, entry.Description);
    }
}
