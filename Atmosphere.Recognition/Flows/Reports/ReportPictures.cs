using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Which children the reports to the teacher may show: a purpose of its own, agreed to apart from the registration, by every guardian.</summary>
public static class ReportPictures
{
    /// <summary>The children for whom a guardian has agreed.</summary>
    public static Task<IReadOnlySet<PersonId>> OfAsync(Session session, ParticipantId guardian) => ReportPictureTable.OfAsync(session, guardian);

    /// <param name="version">Version of the text.</param>
    /// <param name="text">As it was shown.</param>
    /// <param name="said">The answer, as it was typed or tapped.</param>
    /// <returns>False if the participant is no guardian of the person.</returns>
    public static Task<bool> GiveAsync(Session session, PersonId person, ParticipantId guardian, string version, string text, string? said, DateTimeOffset now) =>
        ReportPictureTable.GiveAsync(session, person, guardian, new Consent(version, text, Consent.ReportPicture, now) { Said = said });

    /// <summary>Mails from now on show no picture of the person.</summary>
    public static Task EndAsync(Session session, PersonId person, ParticipantId guardian, DateTimeOffset now) => ReportPictureTable.EndAsync(session, person, guardian, now);
}
