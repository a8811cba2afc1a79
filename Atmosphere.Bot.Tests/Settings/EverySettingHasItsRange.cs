using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Recognition;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Settings;

/// <summary>Every number and every time of every class of settings has a range, and the program does not start with a value outside.</summary>
public sealed class EverySettingHasItsRange
{
    private static readonly (string Key, PropertyInfo Setting, RangeAttribute? Range, object? Standard)[] _settings =
    [
        .. from type in new[] { typeof(RecognitionModule).Assembly, typeof(Program).Assembly }.SelectMany(assembly => assembly.GetTypes())
           let section = type.GetField("Section", BindingFlags.Static | BindingFlags.Public)
           where section is { IsLiteral: true } && type.GetConstructor(Type.EmptyTypes) is not null
           from setting in SettingRules.Of(type)
           let value = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType
           where value == typeof(TimeSpan) || (value.IsPrimitive && value != typeof(bool))
           select ($"{section.GetRawConstantValue()}:{setting.Name}", setting, setting.GetCustomAttribute<RangeAttribute>(),
               setting.GetValue(Activator.CreateInstance(type))),
    ];

    [Fact]
    public void Every_number_has_a_range_and_a_unit()
    {
        Assert.NotEmpty(_settings);
        Assert.Empty(_settings.Where(setting => setting.Range is null).Select(setting => setting.Key));
        Assert.Empty(_settings.Where(setting => setting.Range is not TimeRangeAttribute && SettingRules.Unit(setting.Setting) is null).Select(setting => setting.Key));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_value_outside_stops_the_start_with_key_value_range_and_default(int side)
    {
        var refused = _settings.Select(setting => (setting, Value: Outside(setting.Range!, side))).ToList();
        var sentences = Start(refused.ToDictionary(one => one.setting.Key, one => (string?)Text(one.Value)));
        Assert.All(refused, one => AssertTold(sentences, one.setting, Text(one.Value)));
    }

    [Fact]
    public void A_text_where_a_number_belongs_is_refused_in_the_same_words()
    {
        var sentences = Start(_settings.ToDictionary(setting => setting.Key, _ => (string?)"many"));
        Assert.All(_settings, setting => AssertTold(sentences, setting, "'many'"));
    }

    private static void AssertTold(
        IReadOnlyCollection<string> sentences, (string Key, PropertyInfo Setting, RangeAttribute? Range, object? Standard) setting, string value)
    {
        var sentence = Assert.Single(sentences, sentence => sentence.StartsWith($"{setting.Key} is {value}; use ", StringComparison.Ordinal));
        Assert.Contains($"use {Text(setting.Range!.Minimum)} to {Text(setting.Range.Maximum)} (", sentence, StringComparison.Ordinal);
        if (setting.Standard is { } standard)
            Assert.EndsWith($"; the default is {Text(standard)}).", sentence, StringComparison.Ordinal);
    }

    /// <summary>What the start fails with.</summary>
    private static IReadOnlyCollection<string> Start(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var error = Assert.Throws<AggregateException>(() => Server.Build(new ServeSettings(configuration, "no-such-folder", "http://127.0.0.1:0")));
        return [.. error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures)];
    }

    private static object Outside(RangeAttribute range, int side)
    {
        _ = range.IsValid(range.OperandType == typeof(TimeSpan) ? TimeSpan.Zero : 0);
        var end = side < 0 ? range.Minimum : range.Maximum;
        return end is TimeSpan time ? time + TimeSpan.FromSeconds(side) : Convert.ToDecimal(end, CultureInfo.InvariantCulture) + side;
    }

    private static string Text(object value) => value is double number ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
