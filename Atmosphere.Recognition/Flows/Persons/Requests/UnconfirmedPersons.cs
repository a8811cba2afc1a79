using System.Globalization;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Notifies operators about unconfirmed persons, if there is no teacher or none answers: their photos are not delivered.</summary>
internal static class UnconfirmedPersons
{
    private static readonly TimeSpan _patience = TimeSpan.FromDays(1);

    /// <summary>Once per day and group: persons waiting longer than a day, and those for whom nobody was asked.</summary>
    public static async Task TellOperatorsAsync(Session session, DateTimeOffset now)
    {
        foreach (var group in await ConfirmedPersons.UnconfirmedAsync(session, now - _patience))
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Persons} registered persons of group '{group.GroupId}' wait until a teacher, or you, confirm them: atmosphere persons list --unconfirmed");
            await Notifications.AddDailyAsync(session, NotificationKind.PersonsUnconfirmed, group.GroupId, text, now);
        }

        var waiting = await HeldFaceTable.WaitingAsync(session);
        var unanswered = waiting.Where(face => face.IsMatches && (face.Asked == 0 || face.CreatedAt <= (now - _patience).ToUnixTimeMilliseconds()));
        foreach (var group in unanswered.CountBy(face => face.GroupId))
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"The first photos of {group.Value} persons of group '{group.Key}' are not sent before a teacher, or you, have looked at them: atmosphere requests list");
            await Notifications.AddDailyAsync(session, NotificationKind.MatchesUnchecked, group.Key, text, now);
        }

        foreach (var group in waiting.Where(face => face is { Asked: 0, IsMatches: false }).CountBy(face => face.GroupId))
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Value} faces of group '{group.Key}' are not learned before you look at them, since no teacher is there to ask or one left them to you: atmosphere requests list");
            await Notifications.AddDailyAsync(session, NotificationKind.FacesHeld, group.Key, text, now);
        }
    }
}
