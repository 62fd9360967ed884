"""A questionnaire: what a survey asks, in the words that people hear, as one file that is read and linted."""

from minping.scheme.questionnaire.read import QUESTIONNAIRE, QuestionnaireFile, read_questionnaire

__all__ = ["QUESTIONNAIRE", "QuestionnaireFile", "read_questionnaire"]
