using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>The retention period of a kind of row.</summary>
/// <param name="Kind">Name for reports; kinds with the same name are reported together.</param>
/// <param name="Rows">Which rows, and when they are due.</param>
/// <param name="Time">The period, counted from the time named in the rows.</param>
public sealed record Lifetime(string Kind, DueRows Rows, Func<IServiceProvider, TimeSpan> Time)
{
    /// <summary>Rows with a fixed period.</summary>
    public static Lifetime Of(string kind, DueRows rows, TimeSpan time) => new(kind, rows, _ => time);

    /// <summary>Rows whose period is a retention setting.</summary>
    public static Lifetime Of(string kind, DueRows rows, Func<RetentionOptions, TimeSpan> time) => Of<RetentionOptions>(kind, rows, time);

    /// <summary>Rows whose period is a setting.</summary>
    public static Lifetime Of<TOptions>(string kind, DueRows rows, Func<TOptions, TimeSpan> time)
        where TOptions : class =>
        new(kind, rows, services => time(services.GetRequiredService<IOptions<TOptions>>().Value));
}

/// <summary>All rows that expire by time alone. Data that involves the face engine, a channel or files has a class of its own.</summary>
public static class Lifetimes
{
    internal static IReadOnlyList<Lifetime> All { get; } =
    [
        Lifetime.Of("questions", QuestionTable.Due, options => options.Questions),
        Lifetime.Of("questions", VoteTable.Due, options => options.Questions),
        Lifetime.Of("questions", TrainedFaces.Due, options => options.Questions),
        Lifetime.Of("questions", ColleagueTable.Due, options => options.Questions),

        // Known for a day after its end, so that a user who types it learns why it does not work.
        Lifetime.Of("codes", CodeTable.Due, TimeSpan.FromDays(1)),

        // A code lives for seven days; a user who redeems it in the last hour may take a while to register.
        Lifetime.Of("invitations", InvitationTable.Due, TimeSpan.FromDays(14)),

        // The requester is told the result within a day, or never. While the row exists, the same request cannot be made again.
        Lifetime.Of("requests", RequestTable.DueDetails, TimeSpan.FromDays(1)),
        Lifetime.Of("requests", RequestTable.Due, TimeSpan.FromDays(30)),
        Lifetime.Of("reports", Notifications.Due, options => options.Notifications),
        Lifetime.Of("reports", ClusterTable.DueChanges, options => options.Notifications),
        Lifetime.Of("reports", ImageTable.Due, options => options.ImageTable),
        Lifetime.Of("reports", ConsentLedger.DueNames, options => options.ConsentLedger),
        Lifetime.Of("reports", ConsentLedger.Due, options => options.ConsentLedger),
        Lifetime.Of("reports", DeadLetterTable.Due, options => options.DeadLetters),
        .. ReportCounts.Due.Select(rows => Lifetime.Of("reports", rows, options => options.Reports)),
        Lifetime.Of("reports", ReportTable.Due, options => options.Reports),
        Lifetime.Of("reports", MailTable.Due, options => options.Reports),

        // The link of the confirmation mail works for a week.
        Lifetime.Of("reports", SubscriberTable.Due, TimeSpan.FromDays(7)),
    ];

    /// <summary>The periods of one kind.</summary>
    internal static IEnumerable<Lifetime> Of(string kind) => All.Where(lifetime => lifetime.Kind == kind);

    /// <summary>Registers retention periods; those of the same kind together.</summary>
    public static IServiceCollection AddLifetimes(this IServiceCollection services, params IEnumerable<Lifetime> lifetimes)
    {
        foreach (var kind in lifetimes.GroupBy(lifetime => lifetime.Kind))
        {
            services.AddSingleton<ITimeToLive>(provider => new RowsExpire(
                kind.Key, [.. kind.Select(lifetime => (lifetime.Rows, lifetime.Time(provider)))], provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()));
        }

        return services;
    }

    private sealed class RowsExpire(string kind, IReadOnlyList<(DueRows Rows, TimeSpan Time)> lifetimes, Database database, TimeProvider clock) : ITimeToLive
    {
        public string Kind => kind;

        public async Task<int> ExpireAsync(CancellationToken cancellation)
        {
            var expired = 0;
            foreach (var (rows, time) in lifetimes)
                expired += await rows.GoAsync(database, clock.GetUtcNow() - time, cancellation);
            return expired;
        }
    }
}
