using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>The history of conversations. An activity is inserted once per source id.</summary>
internal sealed class DirectLineActivities(TimeProvider clock)
{
    public static string IdOf(string conversation, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation}|{position:D7}");

    /// <returns>Whether the conversation is new.</returns>
    public Task<bool> StartAsync(Session session, string conversation) => DirectLineTable.StartAsync(session, conversation, clock.GetUtcNow());

    /// <returns>The position of the activity; for a known source id that of the first insertion.</returns>
    public Task<long> AppendAsync(Session session, string conversation, string sourceId, Activity activity)
    {
        var now = clock.GetUtcNow();
        activity.Timestamp = now;
        return DirectLineTable.AppendAsync(session, conversation, sourceId, ActivityJson.Write(activity), now);
    }
}
