using System.Net.Http.Headers;
using System.Net.Http.Json;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Nobody gets around a rate by opening conversations, or around the count of wrong codes by being many.</summary>
public sealed class SendersHaveRates
{
    [Theory]
    [InlineData("MessagesPerMinute", "60")]
    [InlineData("MessagesPerHour", "3600")]
    public async Task A_sender_who_opens_conversation_after_conversation_is_told_to_wait(string setting, string wait)
    {
        await using var vendor = await OpenIdVendor.StartAsync();
        await using var server = await BotServer.StartAsync(vendor.Trust, [.. vendor.Settings, ($"Atmosphere:Channels:BotFramework:{setting}", "2")]);
        var answers = new List<(int, string)>();
        foreach (var (user, conversation) in new[] { ("U1", "1"), ("U1", "2"), ("U1", "3"), ("U2", "4") })
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/api/messages"))
            {
                Content = JsonContent.Create(new
                {
                    type = "message",
                    id = "1",
                    text = "help",
                    channelId = "emulator",
                    serviceUrl = "https://channel.example/",
                    from = new { id = user },
                    recipient = new { id = "bot" },
                    conversation = new { id = conversation },
                }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", vendor.Sign(new Dictionary<string, object?>
            {
                ["iss"] = OpenIdVendor.Issuer,
                ["aud"] = "app-1",
                ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
                ["nbf"] = 1,
                ["serviceurl"] = "https://channel.example/",
            }));
            using var response = await http.SendAsync(request);
            answers.Add(((int)response.StatusCode, $"{response.Headers.RetryAfter}"));
        }

        Assert.Equal([(200, ""), (200, ""), (429, wait), (200, "")], answers);
    }

    [Fact]
    public async Task A_group_whose_members_guess_codes_in_turns_is_looked_up_for_no_more()
    {
        await using var server = await BotServer.StartAsync();
        for (var member = 0; member < 6; member++)
        {
            await using var chat = await BotFrameworkChat.StartAsync(server);
            for (var guess = 0; guess < 10; guess++)
            {
                await chat.SayAsync($"guess-{guess}", CodeTable.New(), []);
                Assert.Contains("I do not know this code", (await chat.HearAsync()).Text, StringComparison.Ordinal);
            }
        }

        var code = await server.Services.GetRequiredService<Database>().WriteAsync(session =>
            server.Services.GetRequiredService<CodeTable>().CreateAsync(session, new Code(CodeKind.Teacher, null, null, "{}"), TimeSpan.FromHours(1)));
        await using var another = await BotFrameworkChat.StartAsync(server);
        await another.SayAsync("code", code, []);
        Assert.Contains("Please try again in an hour", (await another.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Six_hundred_wrong_codes_of_whomever_are_enough_for_an_hour()
    {
        var clock = new TestClock();
        var guesses = new CodeGuesses(clock);
        Guesser Somebody(int number) => Guesser.Of(new ParticipantId($"{number}"));
        for (var number = 0; number < 600; number++)
        {
            Assert.True(guesses.MayTry([Somebody(number)], $"{number}"));
            guesses.WasWrong([Somebody(number)], $"{number}");
        }

        Assert.False(guesses.MayTry([Somebody(1000)], "another"));
        // A turn that is worked on again is judged as before.
        Assert.True(guesses.MayTry([Somebody(7)], "7"));
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True(guesses.MayTry([Somebody(1000)], "another"));
    }
}
