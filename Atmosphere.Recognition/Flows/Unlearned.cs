using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>What follows when faces of a person leave the face collection because they were wrong there.</summary>
internal static class Unlearned
{
    /// <summary>Names that they gave are looked at again, and after that everybody who has none: whoever was hidden behind them may be found now.</summary>
    /// <param name="since">No name that was given before is because of them.</param>
    public static async Task SendAsync(Session session, IOutbox outbox, PersonId person, GroupId group, DateTimeOffset since)
    {
        await outbox.SendAsync(session, new PersonUntaught(person, group, since));
        await outbox.SendAsync(session, new PersonTaught(person, group));
    }
}
