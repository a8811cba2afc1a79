using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>How long rows live.</summary>
/// <param name="Kind">In words, for reports; what is shown together has the same.</param>
/// <param name="Rows">Which rows, and when they are due.</param>
/// <param name="Time">From the time that the rows name.</param>
internal sealed record Lifetime(string Kind, DueRows Rows, Func<RetentionOptions, TimeSpan> Time);

/// <summary>Everything that goes by a time alone; what needs the face engine, a channel or files has a class of its own.</summary>
internal static class Lifetimes
{
    public static IReadOnlyList<Lifetime> All { get; } =
    [
        new("questions", QuestionTable.Due, options => options.Questions),
        new("questions", VoteTable.Due, options => options.Questions),
        new("questions", TrainedFaces.Due, options => options.Questions),
        new("questions", ColleagueTable.Due, options => options.Questions),

        // For a day a code is still known, so that who types it learns why it does not work.
        new("codes", CodeTable.Due, _ => TimeSpan.FromDays(1)),

        // A code lives for seven days; who used it in the last hour may take a while to register.
        new("invitations", InvitationTable.Due, _ => TimeSpan.FromDays(14)),

        // Whoever asked is told how it ended within a day, or never. As long as the row is there nobody can ask the same again.
        new("requests", RequestTable.DueDetails, _ => TimeSpan.FromDays(1)),
        new("requests", RequestTable.Due, _ => TimeSpan.FromDays(30)),
        new("reports", Notifications.Due, options => options.Notifications),
        new("reports", ClusterTable.DueChanges, options => options.Notifications),
        new("reports", ImageTable.Due, options => options.ImageTable),
        new("reports", DeadLetterTable.Due, options => options.DeadLetters),
    ];

    /// <summary>Rows of the kind go by their time.</summary>
    public static IServiceCollection AddLifetimes(this IServiceCollection services, string kind) =>
        services.AddSingleton<ITimeToLive>(provider => new RowsExpire(
            kind, provider.GetRequiredService<Database>(), provider.GetRequiredService<IOptions<RetentionOptions>>(), provider.GetRequiredService<TimeProvider>()));

    private sealed class RowsExpire(string kind, Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
    {
        public string Kind => kind;

        public async Task<int> ExpireAsync(CancellationToken cancellation)
        {
            var expired = 0;
            foreach (var lifetime in All.Where(lifetime => lifetime.Kind == kind))
                expired += await lifetime.Rows.GoAsync(database, clock.GetUtcNow() - lifetime.Time(options.Value), cancellation);
            return expired;
        }
    }
}
