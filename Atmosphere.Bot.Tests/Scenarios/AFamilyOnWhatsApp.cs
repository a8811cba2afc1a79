using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Transcripts;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>From a teacher's invitation to the end of the group: one server, real recognition, and everything outside it played at the wire.</summary>
public sealed partial class AFamilyOnWhatsApp : IAsyncLifetime
{
    private const string Teacher = "+4915100000001";
    private const string Mother = "+4915100000002";
    private const string Father = "+4915100000003";
    private const string Stranger = "+4915100000009";
    private const string TeacherId = "4915100000001@c.us";
    private const string Secret = "48.137 N 11.575 E";

    private WhatsAppFamily _family = null!;

    public async ValueTask InitializeAsync()
    {
        _family = await WhatsAppFamily.StartAsync();
        _family.Waha.Members[Class] = [(TeacherId, null), ("123456789@lid", "4915100000002@c.us"), ("4915100000003@c.us", null)];
    }

    public async ValueTask DisposeAsync() => await _family.DisposeAsync();

    [Fact]
    public async Task It_gets_its_own_photos_from_the_first_day_to_the_last()
    {
        await ATeacherLinksTheGroupAsync();
        await AMotherRegistersHerChildAsync();
        await _family.AskAsync(Stranger, "hello", "Atmosphere");

        await _family.PostAsync(TeacherId, "party.jpg", WithPlace(RecognitionHost.Sample(1)));
        var first = Assert.Single(_family.PhotosOf(Mother));
        Assert.Contains("Maya", first.Body, StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD8, 0xFF], first.Media!.Take(3));
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(first.Media!), StringComparison.Ordinal);
        foreach (var status in (string[])["sent", "delivered", "read"])
        {
            using var answer = await _family.Twilio.ReportAsync(first, status);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await _family.DoneAsync();
        Assert.Equal(1, await _family.CountAsync($"media_distributions WHERE state = 'read' AND vendor_id = '{first.Sid}'"));

        await AFatherJoinsAsync();
        await _family.PostAsync(TeacherId, "trip.jpg", RecognitionHost.Sample(3));
        Assert.Equal((2, 1), (_family.PhotosOf(Mother).Count, _family.PhotosOf(Father).Count));

        await _family.AskAsync(Mother, "not my child", "I do not take this face for Maya", replyTo: first.Sid);
        Assert.Equal(0, await _family.CountAsync("faces f JOIN photos p ON p.id = f.photo_id WHERE f.person_id IS NOT NULL AND p.file_name LIKE 'party%'"));
        await _family.AskAsync(Father, "stop", "I send you nothing any more");
        await _family.PostAsync(TeacherId, "near.jpg", TranscriptFiles.Read("noa-3.jpg"));
        Assert.Equal((3, 1), (_family.PhotosOf(Mother).Count, _family.PhotosOf(Father).Count));
        Assert.Empty(_family.PhotosOf(Stranger).Concat(_family.PhotosOf(Teacher)));

        await _family.AskAsync(Mother, "remove child", "Shall I remove Maya?");
        await _family.AskAsync(Mother, "1", "It is being deleted now");
        await _family.HearAsync(Mother, "Your receipt");
        Assert.Equal(0, await _family.CountAsync("persons"));

        Assert.Equal(200, await _family.Waha.PostAsync(_family.Bot.Address, _family.Waha.Left(Class, Now)));
        await _family.HearAsync(Teacher, "Blue class");
        await Eventually.TrueAsync(async () => await _family.CountAsync("erasures WHERE kind = 'group' AND state = 'erased'") == 1, "the group is erased");
        Assert.Equal(0, await _family.CountAsync("groups WHERE channel IS NOT NULL") + await _family.CountAsync("group_members") + await _family.CountAsync("photos"));
        Assert.Empty(_family.Twilio.Offences);
        Assert.DoesNotContain(_family.Bot.Log.Lines, line =>
            line.Contains("491510", StringComparison.Ordinal) || line.Contains("Maya", StringComparison.Ordinal)
            || line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private async Task ATeacherLinksTheGroupAsync()
    {
        var invited = await CommandLineRun.OfAsync("operators", "invite", "--name", "Ms Blue", "--data", _family.Bot.Data);
        await _family.AskAsync(Teacher, WhatsAppFamily.CodeIn(invited.Out), "You are an approved teacher now");
        await _family.AskAsync(Teacher, "add group", "What is the group called?");
        await _family.AskAsync(Teacher, "Blue class", "In which language");
        var code = await _family.AskAsync(Teacher, "1", "This is the code for Blue class");

        Assert.Equal(200, await _family.Waha.PostAsync(_family.Bot.Address, _family.Waha.Message(Class, TeacherId, WhatsAppFamily.CodeIn(code.Body!), "code", Now - 60)));
        await Eventually.TrueAsync(() => !_family.Waha.Said.IsEmpty, "the bot has introduced itself");
        Assert.StartsWith("Hello, Blue class!", Assert.Single(_family.Waha.Said).Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await _family.CountAsync("group_members") == 3, "the members are known");

        // An operator spares this class the look at the first matches, which FirstMatchesAreChecked shows.
        var group = await _family.Bot.QueryAsync<string>("SELECT id FROM groups WHERE channel IS NOT NULL");
        var spared = await CommandLineRun.OfAsync("groups", "set", group!, "--check-first-matches", "off", "--data", _family.Bot.Data);
        Assert.True(spared.Code == 0, spared.Out + spared.Error);
    }

    private async Task AMotherRegistersHerChildAsync()
    {
        await _family.AskAsync(Mother, "hello", "1. add child");
        await _family.AskAsync(Mother, "1", "What is the name of your child?");
        await _family.AskAsync(Mother, "Maya", "Please send me a photo of Maya");
        await _family.AskAsync(Mother, "", "That is a good photo", TranscriptFiles.Read("noa-1.jpg"));
        await _family.AskAsync(Mother, "1", "Is it Maya?");
        await _family.AskAsync(Mother, "1", "Do you agree");
        await _family.AskAsync(Mother, "1", "I am learning the face of Maya");
        var asked = await _family.HearAsync(Teacher, "has registered Maya");
        Assert.Contains("ending in 002", asked.Body, StringComparison.Ordinal);
        await _family.AskAsync(Teacher, Allow().Match(asked.Body!).Value, "Maya is confirmed");
        await _family.HearAsync(Mother, "A teacher has confirmed Maya");
    }

    private async Task AFatherJoinsAsync()
    {
        await _family.AskAsync(Father, "hello", "1. add child");
        var shared = await _family.AskAsync(Mother, "share", "This code lets one other parent");
        await _family.AskAsync(Father, WhatsAppFamily.CodeIn(shared.Body!), "This code is for the photos of Maya");
        await _family.AskAsync(Father, "1", "From now on you get the photos of Maya");
        await _family.HearAsync(Mother, "has used your code");
    }

    /// <summary>The same photo as a phone writes it: where it was taken stands in its Exif.</summary>
    private static byte[] WithPlace(byte[] jpeg)
    {
        var exif = Encoding.Latin1.GetBytes("Exif\0\0II*\0\u0008\0\0\0\0\0\0\0\0\0" + Secret);
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    [GeneratedRegex("allow [0-9]{4}")]
    private static partial Regex Allow();
}
