using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class WhoAsksIsDescribed
{
    private readonly Languages _languages = Languages.Load(Dialogs.Folder);

    [Theory]
    [InlineData("+15551234567", "Ana", "Somebody who calls themselves \"Ana\" (number ending in 567)")]
    [InlineData("+15551234567", " Ana\n\u202Esecond line ", "Somebody who calls themselves \"Ana second line\" (number ending in 567)")]
    [InlineData("+15551234567", null, "Somebody whose number ends in 567")]
    [InlineData("chat-of-ana", "Ana", "Somebody who calls themselves \"Ana\"")]
    [InlineData("chat-of-ana", " \u200F", "Another parent")]
    public async Task By_what_they_call_themselves_and_three_digits_of_their_number(string address, string? profileName, string described)
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        var parent = await host.ParentAsync(address);
        if (profileName is not null)
            await host.Database.WriteAsync(session => Participants.CallAsync(session, parent, profileName));

        Assert.Equal(described, await host.Database.ReadAsync(session => Askers.DescribeAsync(session, parent, _languages.Default)));
    }

    [Fact]
    public void The_buttons_of_a_request_are_understood_in_every_language()
    {
        var number = new Dictionary<string, string> { ["number"] = "4821" };
        foreach (var language in Languages.Codes.Select(_languages.Of))
        {
            Assert.Equal((Word.Allow, "4821"), _languages.Split(language, language.Sentences.Say("requests.allow-button", number), Word.Allow, Word.Refuse));
            Assert.Equal((Word.Refuse, "4821"), _languages.Split(language, language.Sentences.Say("requests.refuse-button", number), Word.Allow, Word.Refuse));
        }
    }
}
