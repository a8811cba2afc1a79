using System.Text;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>What parents send besides text, from the webhook to the answer.</summary>
public sealed class WhatTwilioBrings
{
    [Theory]
    [InlineData("Body=hello+there", "hello there")]
    [InlineData("Body=Yes&ButtonText=Yes%2C+please&ButtonPayload=yes", "Yes, please")]
    [InlineData("Body=anything&ListId=my-children&ListTitle=My+children", "My children")]
    [InlineData("Body=%D7%A9%D7%9C%D7%95%D7%9D", "שלום")]
    [InlineData("Body=Unter+den+Linden+1&Latitude=52.52&Longitude=13.405", "")]
    [InlineData("", "")]
    public void The_words_are_what_was_typed_tapped_or_chosen(string body, string text) =>
        Assert.Equal(text, TwilioMessage.Read(TwilioForm.Parse(body))!.Text);

    [Fact]
    public void An_answer_a_forwarded_message_and_a_name_are_known_as_such()
    {
        var incoming = TwilioMessage.Read(TwilioForm.Parse("Body=no&OriginalRepliedMessageSid=SM1&Forwarded=true&ProfileName=Dana"))!;
        Assert.Equal(("SM1", true, "Dana"), (incoming.ReplyTo, incoming.Forwarded, incoming.ProfileName));
        Assert.True(TwilioMessage.Read(TwilioForm.Parse("FrequentlyForwarded=true"))!.Forwarded);
        Assert.False(TwilioMessage.Read(TwilioForm.Parse("Forwarded=false"))!.Forwarded);
    }

    [Fact]
    public void Files_keep_their_order_and_what_is_of_no_use_is_not_fetched()
    {
        var files = TwilioMessage.Read(TwilioForm.Parse(
            "NumMedia=6&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0&MediaContentType0=image%2Fjpeg&MediaUrl1=https%3A%2F%2Fapi.twilio.com%2F1&MediaContentType1=audio%2Fogg"
            + "&MediaUrl2=https%3A%2F%2Fapi.twilio.com%2F2&MediaContentType2=video%2Fmp4&MediaUrl3=https%3A%2F%2Fapi.twilio.com%2F3&MediaContentType3=text%2Fvcard"
            + "&MediaUrl4=https%3A%2F%2Fapi.twilio.com%2F4&MediaContentType4=image%2Fwebp&MediaContentType5=image%2Fjpeg"))!.Files;
        Assert.Equal([null, FileFailure.Voice, FileFailure.Video, FileFailure.Contact, null, FileFailure.Missing], files.Select(file => file.Failure));
        Assert.Equal(["https://api.twilio.com/0", "https://api.twilio.com/4"], files.Select(file => file.Url).OfType<string>());
        Assert.All(files.Where(file => file.Url is not null), file => Assert.Equal("twilio", file.Origin));
    }

    [Theory]
    [InlineData("-1", 0)]
    [InlineData("many", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("2000000000", 11)]
    public void A_count_of_files_that_cannot_be_does_no_harm(string count, int files) =>
        Assert.Equal(files, TwilioMessage.Read(TwilioForm.Parse($"NumMedia={count}"))!.Files.Count);

    [Fact]
    public async Task A_place_is_not_needed_and_is_never_stored()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings());
        using var twilio = new TwilioWebhook(server);
        var message = twilio.Message("Unter den Linden 4711");
        (message["Latitude"], message["Longitude"], message["Address"]) = ("52.90817263", "13.39876543", "Unter den Linden 4711");
        await twilio.SayAsync(message);
        Assert.Contains("I do not need to know where you are", await whatsApp.HearAsync(1), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(server.Data, "atmosphere.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            var bytes = Encoding.Latin1.GetString(memory.ToArray());
            Assert.DoesNotContain("90817263", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("39876543", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("Linden", bytes, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("39876543", StringComparison.Ordinal) || line.Contains("15551234567", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Voice_films_and_contacts_are_answered_with_what_is_possible()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings());
        using var twilio = new TwilioWebhook(server);
        (string Type, string Answer)[] cases = [("audio/ogg", "cannot listen"), ("video/mp4", "cannot watch"), ("text/vcard", "no use for contacts")];
        for (var number = 0; number < cases.Length; number++)
        {
            var message = twilio.Message("");
            (message["NumMedia"], message["MediaUrl0"], message["MediaContentType0"]) = ("1", "https://api.twilio.com/x", cases[number].Type);
            await twilio.SayAsync(message);
            Assert.Contains(cases[number].Answer, await whatsApp.HearAsync(number + 1), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_photo_with_the_name_as_its_caption_is_fetched_from_Twilio_and_looked_at()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var twilioMedia = await MediaVendor.StartAsync();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings(
            ("ApiBaseUrl", twilioMedia.Api.ToString()), ("MediaHosts:0", "127.0.0.1"), ("AllowPrivateTargets", "true")));
        await WhatsAppBot.JoinAsync(server, TwilioWebhook.Parent);
        using var twilio = new TwilioWebhook(server);
        await twilio.SayAsync(twilio.Message("hello"));
        _ = await whatsApp.HearAsync(1);
        await twilio.SayAsync(twilio.Message("add child"));
        _ = await whatsApp.HearAsync(2);
        var photo = twilio.Message("Noa");
        (photo["NumMedia"], photo["MediaUrl0"], photo["MediaContentType0"]) = ("1", new Uri(twilioMedia.Api, "2010-04-01/photo").ToString(), "image/jpeg");
        await twilio.SayAsync(photo);
        Assert.Contains("Noa", await whatsApp.HearAsync(3), StringComparison.Ordinal);
        Assert.Equal(["api /2010-04-01/photo with the token", "store /photo"], twilioMedia.Asked);
        Assert.NotEmpty(server.FilesIn("training"));
    }
}
