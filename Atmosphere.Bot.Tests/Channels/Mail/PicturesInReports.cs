using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>A report shows a child's face to the group's teacher only, and only while every guardian agrees to that.</summary>
public sealed class PicturesInReports(MailRoom room) : IClassFixture<MailRoom>, IAsyncLifetime
{
    private static readonly ParticipantId _mother = new("mother");

    private string Face { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        await room.EmptyAsync();
        foreach (var child in new[] { "p1", "p2", "p3" })
            Face = Convert.ToBase64String(await room.ShowFaceAsync(child));
        await room.Database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM report_pictures; DELETE FROM consent_entries; DELETE FROM consent_ledger; DELETE FROM guardians WHERE participant_id <> 'mother';
            UPDATE consents SET withdrawn_at = NULL WHERE person_id <> 'p4';
            """));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_teacher_sees_the_faces_of_the_seen_children_whose_guardians_agreed()
    {
        Assert.True(await AgreeAsync("p1"));
        // Zoë is in no photo of the week, and of José nobody was asked.
        Assert.True(await AgreeAsync("p3"));
        await room.SubscribeAsync("teacher@school.example", "en", new ParticipantId(MailRoom.Teacher));
        await room.SubscribeAsync("office@school.example");
        await room.ReportAsync(week: true);

        var mail = await room.Smtp.MailToAsync("teacher@school.example", 1);
        var picture = Assert.Single(Faces(mail));
        Assert.Equal(Face, (string?)picture!["content"]);
        Assert.Matches($"<img src=\"cid:{picture["id"]}\"[^>]*><br>Maya</span>", (string)mail["html"]!);
        Assert.Contains("pictures of those whose guardians agreed", (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Empty(Faces(await room.Smtp.MailToAsync("office@school.example", 1)));
    }

    [Theory]
    [InlineData("nobody agreed", "")]
    [InlineData("the consent to be found is withdrawn", "UPDATE consents SET withdrawn_at = 1 WHERE person_id = 'p1'")]
    [InlineData("another guardian has not agreed", "INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('p1', 'teacher', 'guardian', 0)")]
    [InlineData("the picture of the learned face is gone", "UPDATE persons SET portrait = NULL WHERE id = 'p1'")]
    public async Task No_face_is_sent_when(string what, string change)
    {
        if (change.Length > 0)
        {
            Assert.True(await AgreeAsync("p1"), what);
            await room.Database.WriteAsync(session => session.ExecuteAsync(change));
        }

        var address = $"{what.Replace(' ', '-')}@school.example";
        await room.SubscribeAsync(address, "en", new ParticipantId(MailRoom.Teacher));
        await room.ReportAsync(week: true);
        Assert.Empty(Faces(await room.Smtp.MailToAsync(address, 1)));
    }

    [Fact]
    public async Task A_guardian_ends_it_and_the_ledger_keeps_both()
    {
        Assert.True(await AgreeAsync("p1"));
        await room.Database.WriteAsync(session => ReportPictures.EndAsync(session, new PersonId("p1"), _mother, TimeProvider.System.GetUtcNow()));
        await room.SubscribeAsync("ended@school.example", "en", new ParticipantId(MailRoom.Teacher));
        await room.ReportAsync(week: true);

        Assert.Empty(Faces(await room.Smtp.MailToAsync("ended@school.example", 1)));
        Assert.Equal(1, await room.Bot.QueryAsync<int>(
            "SELECT COUNT(*) FROM consent_ledger WHERE purpose = @purpose AND withdrawn_at IS NOT NULL", new { purpose = Consent.ReportPicture }));
        // The consent to be found stands.
        Assert.Equal(0, await room.Bot.QueryAsync<int>("SELECT COUNT(*) FROM consents WHERE person_id = 'p1' AND withdrawn_at IS NOT NULL"));
    }

    /// <summary>The mail was written with the face, and was given up: the change was seen, and nobody wrote it anew.</summary>
    [Fact]
    public async Task A_mail_that_was_written_before_a_guardian_ended_it_is_written_anew()
    {
        Assert.True(await AgreeAsync("p1"));
        await room.SubscribeAsync("late@school.example", "en", new ParticipantId(MailRoom.Teacher));
        using var line = new HeldLine(room.Smtp.Port);
        room.Bot.Set(("Atmosphere:Mail:Port", $"{line.Port}"));
        await room.Bot.RestartAsync();
        line.Close();
        var report = await room.ReportAsync(week: true);
        await Eventually.TrueAsync(() => Task.FromResult(line.Held == 1), "the mail is written, and its connection waits");
        await room.Database.WriteAsync(session => ReportPictures.EndAsync(session, new PersonId("p1"), _mother, TimeProvider.System.GetUtcNow()));
        line.Open();

        var mail = await room.Smtp.MailToAsync("late@school.example", 1);
        await Eventually.TrueAsync(async () => await room.StateAsync(report) == "sent", "the mail is sent");
        room.Bot.Set([.. room.Smtp.Settings]);
        await room.Bot.RestartAsync();
        Assert.Empty(Faces(mail));
        Assert.Contains("José, Maya", (string)mail["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_guardian_cannot_agree() =>
        Assert.False(await room.Database.WriteAsync(session =>
            ReportPictures.GiveAsync(session, new PersonId("p1"), new ParticipantId(MailRoom.Teacher), "4", "I agree.", "yes", TimeProvider.System.GetUtcNow())));

    private Task<bool> AgreeAsync(string child) => room.Database.WriteAsync(session =>
        ReportPictures.GiveAsync(session, new PersonId(child), _mother, "4", "I agree.", "yes", TimeProvider.System.GetUtcNow()));

    private static List<JsonNode?> Faces(JsonNode mail) => [.. mail["parts"]!.AsArray().Where(part => (string?)part!["type"] == "image/jpeg")];
}
