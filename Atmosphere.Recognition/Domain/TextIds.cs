using System.Linq.Expressions;

namespace Atmosphere.Recognition.Domain;

/// <summary>Finds the id types: structs with one text property named Value. The database and messages store just that text.</summary>
internal static class TextIds
{
    /// <summary>All id types of this assembly.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. typeof(TextIds).Assembly.GetTypes().Where(IsTextId)];

    public static bool IsTextId(Type type) =>
        type.IsValueType && !type.IsGenericType
        && type.GetProperties() is [{ Name: "Value" } value] && value.PropertyType == typeof(string)
        && type.GetConstructor([typeof(string)]) is not null;

    public static T Make<T>(string text)
        where T : struct => Accessors<T>.Make(text);

    public static string Text<T>(T id)
        where T : struct => Accessors<T>.Text(id);

    private static class Accessors<T>
        where T : struct
    {
        private static readonly ParameterExpression _text = Expression.Parameter(typeof(string));
        private static readonly ParameterExpression _id = Expression.Parameter(typeof(T));

        public static Func<string, T> Make { get; } =
            Expression.Lambda<Func<string, T>>(Expression.New(typeof(T).GetConstructor([typeof(string)])!, _text), _text).Compile();

        public static Func<T, string> Text { get; } =
            Expression.Lambda<Func<T, string>>(Expression.Property(_id, "Value"), _id).Compile();
    }
}
